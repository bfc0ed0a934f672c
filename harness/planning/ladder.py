"""What is conceded where not all roles find room, step by step, and the ways to serve a role on each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from harness.planning.agents_file import AgentsFile, Role
from harness.planning.candidates import Candidate

_STEP = 0.01  # of quality: what each concession counts, so that none is made in vain
SMALL_KV = "q8_0"


@dataclass(frozen=True, slots=True)
class Server:
    """A model as it is loaded."""

    candidate: Candidate
    kv: str

    @property
    def name(self) -> str:
        """Unlike those of all other servers."""
        return self.candidate.title + ("" if self.kv == "f16" else f" {self.kv}")


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


def local_seats(
    role: Role,
    rung: Rung,
    kv: str,
    measured: Sequence[tuple[Candidate, float]],
    wanted: Candidate | None,
) -> Iterator[Seat]:
    """The ways to serve a role here on a rung.

    ``measured`` are candidates with the lower bound of their quality, ``wanted`` is who was given to a role
    that nobody measured, ``kv`` the type of keys and values that is asked for.
    """
    context = max(min(role.context, role.min_context), role.context >> rung.halvings)
    ways = {
        (role.context, role.slots),
        (context, role.slots),
        (context, max(1, role.slots >> rung.slot_halvings)),
    }
    offered = [(candidate, bound, 0) for candidate, bound in measured]
    offered += [(wanted, 0.0, 0)] if wanted else []
    if rung.smaller:
        offered += [
            (small, 0.0, step)
            for candidate in ([candidate for candidate, _ in measured] or ([wanted] if wanted else []))
            for step, small in enumerate(candidate.smaller(), 1)
        ]
    for candidate, bound, step in offered:
        for kv_type in dict.fromkeys((kv, *((SMALL_KV,) if rung.kv else ()))):
            for tokens, slots in sorted(ways, reverse=True):
                if candidate.context and tokens > candidate.context:
                    continue  # it was trained for less
                conceded = step + (kv_type != kv) + (tokens < role.context) + (slots < role.slots)
                yield Seat(
                    role, Server(candidate, kv_type), tokens, slots,
                    role.weight * (bound - _STEP * conceded),
                    slots * candidate.shape.kv_bytes(tokens, 1, kv=kv_type),
                )  # fmt: skip


def _halvings(count: int, least: int) -> int:
    """How often it can be halved before it is no more than ``least``."""
    times = 0
    while (count >> times) > least:
        times += 1
    return times
