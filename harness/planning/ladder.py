"""What is conceded where not all roles find room, step by step, and the ways to serve a role on each step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from harness.planning.agents_file import AgentsFile, Role
from harness.planning.candidates import Candidate

_STEP = 0.01  # of quality: what each concession counts, so that none is made in vain
SMALL_KV = "q8_0"


@dataclass(frozen=True)
class Server:
    """A model as it is loaded; what was reckoned of it once is kept."""

    candidate: Candidate
    kv: str
    _contexts: dict[int, int] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def name(self) -> str:
        """Unlike those of all other servers."""
        return self.candidate.title + ("" if self.kv == "f16" else f" {self.kv}")

    def context_bytes(self, tokens: int) -> int:
        """Keys and values of one context."""
        if tokens not in self._contexts:
            self._contexts[tokens] = self.candidate.shape.kv_bytes(tokens, 1, kv=self.kv)
        return self._contexts[tokens]


@dataclass(frozen=True, slots=True)
class Offer:
    """A server, and how many steps are conceded for it; ``measured`` is its quantisation."""

    server: Server
    conceded: int = 0
    measured: bool = True


@dataclass(frozen=True, slots=True)
class Seat:
    """A way to serve a role: ``slots`` contexts of a server, or a hosted model."""

    role: Role
    server: Server | None
    context: int
    slots: int
    value: float
    bytes: float
    hosted: str | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """What is conceded, all of it together; ``words`` name what is new."""

    words: str
    smaller: bool = False
    halvings: int = 0
    kv: bool = False
    slot_halvings: int = 0
    turns: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """A rung of the ladder, and the bytes that it takes at least to serve all roles; the last one fits.

    They are infinite where a role needs more concessions, whatever the memory. No allocation
    on it is worth more than the one that was met by more than ``short``.
    """

    rung: Rung
    least: float
    short: float = 0.0


def rungs(agents: AgentsFile) -> list[Rung]:
    """From what is asked for to the most that is conceded; side by side first, then in turns."""
    roles = agents.roles
    halvings = max(_halvings(role.context, role.min_context) for role in roles)
    slot_halvings = max(_halvings(role.slots, 1) for role in roles)
    rung = Rung("as asked for")
    made = [rung, rung := replace(rung, words="smaller quantisations", smaller=True)]
    for times in range(1, halvings + 1):
        made.append(rung := replace(rung, words=f"contexts of 1/{2**times}", halvings=times))
    if agents.kv in ("f16", "bf16", "f32"):
        made.append(rung := replace(rung, words=f"keys and values in {SMALL_KV}", kv=True))
    for times in range(1, slot_halvings + 1):
        made.append(rung := replace(rung, words=f"1/{2**times} of the slots", slot_halvings=times))
    return made + [replace(rung, words=f"models in turns, {rung.words}", turns=True) for rung in made]


def offers(candidate: Candidate, kv: str, rung: Rung) -> tuple[Offer, ...]:
    """How a candidate may be loaded on a rung; ``kv`` is the type of keys and values that is asked for."""
    models = [candidate, *(candidate.smaller() if rung.smaller else ())]
    kinds = dict.fromkeys((kv, *((SMALL_KV,) if rung.kv else ())))
    return tuple(
        Offer(Server(model, kind), step + (kind != kv), step == 0)
        for step, model in enumerate(models)
        for kind in kinds
    )


def local_seats(role: Role, rung: Rung, offered: Iterable[tuple[Offer, float]]) -> Iterator[Seat]:
    """The ways to serve a role here on a rung. ``offered`` are servers with the quality to be counted on."""
    context = max(min(role.context, role.min_context), role.context >> rung.halvings)
    slots = max(1, role.slots >> rung.slot_halvings)
    ways = sorted({(role.context, role.slots), (context, role.slots), (context, slots)}, reverse=True)
    for offer, bound in offered:
        server, trained_for = offer.server, offer.server.candidate.context
        for tokens, count in ways:
            if trained_for and tokens > trained_for:
                continue
            conceded = offer.conceded + (tokens < role.context) + (count < role.slots)
            value = role.weight * (bound - _STEP * conceded)
            yield Seat(role, server, tokens, count, value, count * server.context_bytes(tokens))


def _halvings(count: int, least: int) -> int:
    """How often it can be halved before it is no more than ``least``."""
    times = 0
    while (count >> times) > least:
        times += 1
    return times
