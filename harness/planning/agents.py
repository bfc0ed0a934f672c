"""Which model holds which role within a device's memory; what is conceded where not all find room."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from harness.analysis.board import Board
from harness.analysis.decisions import GOOD_ENOUGH
from harness.engines.local.footprint import USABLE, Footprint
from harness.planning.agents_file import AgentsFile, Role
from harness.planning.allocation import allocate, least_memory
from harness.planning.candidates import Candidate, Evidence, by_hand, evidence_of
from harness.planning.ladder import Offer, Rung, Seat, Server, Tried, local_seats, offers, rungs
from harness.planning.memory import footprint, size
from harness.planning.problem import Allocation, Option, Problem

Status = Literal["measured", "by hand", "hosted", "refused", "not measured"]
_TURN = 0.05  # of quality: what it counts that a model must be loaded when it is called


@dataclass(frozen=True, slots=True)
class RolePlan:
    """What a role gets. ``best`` of those that run here serves it best, ``fallback`` is its hosted model."""

    role: Role
    status: Status
    seat: Seat | None = None
    evidence: Evidence | None = None
    best: Evidence | None = None
    fallback: Evidence | None = None
    wanted: Candidate | None = None  # by the plan made by hand
    least: float = math.inf  # bytes of the smallest that could serve it

    @property
    def model(self) -> str | None:
        """Who serves it."""
        if self.seat is None:
            return None
        return self.seat.hosted or (self.seat.server.candidate.id if self.seat.server else None)


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server with all roles that it serves, and its memory; ``measured`` is what it took before."""

    server: Server
    instances: int
    context: int  # tokens of its longest role
    slots: int
    tokens: int  # of all its slots together
    roles: tuple[str, ...]
    footprint: Footprint
    in_turns: bool
    measured: int | None = None


@dataclass(frozen=True, slots=True)
class AsWritten:
    """A plan made by hand, reckoned: each role's model alone, and all of them side by side."""

    needs: tuple[tuple[Role, Candidate, Footprint], ...]
    together: float


@dataclass(frozen=True, slots=True)
class AgentPlan:
    """Who serves whom. ``device`` is the whole memory in bytes, of which ``usable`` may be planned."""

    agents: AgentsFile
    device: float
    roles: tuple[RolePlan, ...]
    servers: tuple[RunningServer, ...]
    tried: tuple[Tried, ...]  # the last is what is planned
    taken: float
    value: float
    as_written: AsWritten | None

    @property
    def usable(self) -> float:
        """Bytes that models may take: other programs breathe."""
        return self.device * USABLE

    @property
    def settled(self) -> bool:
        """Whether it is the best one; else a search was ended, and it is the best that was met."""
        return not any(tried.short for tried in self.tried)

    @property
    def most(self) -> float:
        """What no plan is worth more than; infinite where a rung before may have done for all roles."""
        return self.value + sum(tried.short for tried in self.tried)

    @property
    def served(self) -> int:
        """Roles that have a model."""
        return sum(plan.seat is not None for plan in self.roles)


class Planner:
    """Plans for one file, one set of candidates and one set of results; only the memory may vary."""

    def __init__(
        self,
        agents: AgentsFile,
        candidates: Mapping[str, Candidate],
        boards: Mapping[str, Sequence[Board]],
        on: str = "GPU",
    ) -> None:
        self.agents, self.candidates, self.on = agents, candidates, on
        self.evidence = {role.name: evidence_of(role, boards) for role in agents.roles}
        self.wanted = {role.name: by_hand(role, candidates, agents) for role in agents.roles}
        self.corrections: dict[str, float] = {}  # bytes that a server took beyond the reckoning, by name
        # Made once: steps in turns have the options of those side by side, and so has another memory.
        self._made: dict[tuple[str, Rung], Mapping[Option, Seat]] = {}
        self._offers: dict[tuple[str, bool, bool], tuple[Offer, ...]] = {}
        self._reckoned: dict[str, float] = {}

    def plan(self, device: float) -> AgentPlan:
        """The best plan by what models take; where that was measured, by the measurement."""
        made = self._planned(device)
        while measured := {
            running.server.name: float(running.measured - running.footprint.total)
            for running in made.servers
            if running.measured is not None and running.server.name not in self.corrections
        }:
            self.corrections |= measured
            made = self._planned(device)
        return made

    def _planned(self, device: float) -> AgentPlan:
        """The first rung of the ladder on which all roles find room that could; the last one, else."""
        usable = device * USABLE
        steps = rungs(self.agents)
        alone = {role.name: self._least(role, steps[-1]) for role in self.agents.roles}
        able = [role for role in self.agents.roles if alone[role.name] <= usable]
        tried: list[Tried] = []
        for rung in steps:
            options = {option: seat for role in able for option, seat in self._options(role, rung).items()}
            least = self._least_together(options, rung, len(able))
            if least > usable and rung is not steps[-1]:
                tried.append(Tried(rung, least))
                continue  # the bound says so, at a fraction of the programme's time
            best = allocate(self._problem(options, usable, rung))
            served = len(best.options) == len(able)
            tried.append(Tried(rung, best.bytes if served else least, best.short))
            if served:
                break
        chosen = {role: options[option] for role, option in best.options.items()}
        roles = tuple(
            self._role_plan(role, chosen.get(role.name), alone[role.name]) for role in self.agents.roles
        )
        servers = tuple(self._running(best, chosen))
        return AgentPlan(
            self.agents, device, roles, servers, tuple(tried), best.bytes, best.value,
            self._as_written(),
        )  # fmt: skip

    def _options(self, role: Role, rung: Rung) -> Mapping[Option, Seat]:
        """The ways to serve a role on a rung, as the programme has them."""
        key = role.name, replace(rung, words="", turns=False)
        if key not in self._made:
            self._made[key] = {_option(seat): seat for seat in self._seats(role, rung)}
        return self._made[key]

    def _seats(self, role: Role, rung: Rung) -> Iterator[Seat]:
        """All ways to serve a role on a rung. What nobody measured is only what was given to it by hand."""
        yield from local_seats(role, rung, self._offered(role, rung))
        yield from self._hosted_seats(role)

    def _offered(self, role: Role, rung: Rung) -> Iterator[tuple[Offer, float]]:
        """Servers, with the lower bound of their quality: 0 where nobody measured them so."""
        evidence, wanted = self.evidence[role.name], self.wanted[role.name]
        measured = [
            (self.candidates[id_], of_model.bound)
            for id_, of_model in evidence.items()
            if id_ in self.candidates and (of_model.standing.quality or 0.0) >= GOOD_ENOUGH
        ]
        for candidate, bound in measured if evidence or not wanted else [(wanted, 0.0)]:
            key = candidate.title, rung.smaller, rung.kv
            if key not in self._offers:
                self._offers[key] = offers(candidate, self.agents.kv, rung)
            for offer in self._offers[key]:
                yield offer, bound if offer.measured else 0.0

    def _hosted_seats(self, role: Role) -> Iterator[Seat]:
        """Its hosted model, where that competes and both its quality and its cost were measured."""
        price, measured = self.agents.quality_per_usd, self.evidence[role.name].get(role.cloud or "")
        if price is None or measured is None or measured.standing.cost_per_task is None:
            return
        value = measured.bound - price * measured.standing.cost_per_task
        yield Seat(role, None, role.context, role.slots, role.weight * value, 0.0, role.cloud)

    def _problem(self, options: Mapping[Option, Seat], capacity: float, rung: Rung) -> Problem:
        of_name = {option.server: seat.server for option, seat in options.items()}
        servers = {name: self._fixed(server) for name, server in of_name.items() if name and server}
        return Problem(
            list(options), servers, capacity, self.agents.server_slots, self.agents.servers,
            every=True, in_turns=rung.turns, turn=_TURN,
        )  # fmt: skip

    def _fixed(self, server: Server) -> float:
        """Bytes of an instance without contexts: weights, work space and what the device takes for it."""
        name = server.name
        if name not in self._reckoned:
            taken, _ = footprint(server.candidate.shape, 1, 1, server.kv, self.on)
            self._reckoned[name] = taken.total - taken.kv
        return self._reckoned[name] + self.corrections.get(name, 0.0)

    def _least_together(self, options: Mapping[Option, Seat], rung: Rung, roles: int) -> float:
        """The least bytes with which so many roles are served: side by side, or by one server at a time."""
        if len({option.role for option in options}) < roles:
            return math.inf
        if not rung.turns:
            return least_memory(self._problem(options, 1e12, rung))
        least: dict[str, float] = {}
        for option, seat in options.items():
            least[option.role] = min(self._alone(seat), least.get(option.role, math.inf))
        return max(least.values())

    def _alone(self, seat: Seat) -> float:
        """Bytes of a server that serves this role only."""
        return seat.bytes + (self._fixed(seat.server) if seat.server else 0.0)

    def _least(self, role: Role, last: Rung) -> float:
        """Bytes of the smallest server that could serve a role alone; infinite where there is none."""
        return min((self._alone(seat) for seat in self._options(role, last).values()), default=math.inf)

    def _role_plan(self, role: Role, seat: Seat | None, least: float) -> RolePlan:
        evidence, wanted = self.evidence[role.name], self.wanted[role.name]
        local = [measured for id_, measured in evidence.items() if id_ in self.candidates]
        best = max(local, key=lambda measured: measured.bound, default=None)
        fallback = evidence.get(role.cloud or "")
        if seat is None and role.cloud and (evidence or wanted):
            seat = Seat(role, None, role.context, role.slots, 0.0, 0.0, role.cloud)
        if seat is None:
            status: Status = "refused" if evidence or wanted else "not measured"
        elif seat.hosted:
            status = "hosted"
        else:
            assert seat.server is not None
            candidate = seat.server.candidate
            of_file = candidate.id in evidence and candidate.quantization == candidate.measured_as
            status = "measured" if of_file else "by hand"
        model = seat.hosted or (seat.server.candidate.id if seat.server else "") if seat else ""
        return RolePlan(role, status, seat, evidence.get(model), best, fallback, wanted, least)

    def _running(self, allocation: Allocation, chosen: Mapping[str, Seat]) -> Iterator[RunningServer]:
        for name in sorted(allocation.instances, key=lambda name: -allocation.sizes[name]):
            seats = [seat for seat in chosen.values() if seat.server and seat.server.name == name]
            server = seats[0].server
            assert server is not None
            context, slots = max(seat.context for seat in seats), sum(seat.slots for seat in seats)
            instances = allocation.instances[name]
            taken, measured = footprint(server.candidate.shape, context, slots, server.kv, self.on)
            contexts = int(sum(seat.bytes for seat in seats))
            parts = Footprint(
                instances * taken.weights, contexts, instances * taken.compute, instances * taken.other
            )
            yield RunningServer(
                server=server,
                instances=instances,
                context=context,
                slots=slots,
                tokens=sum(seat.slots * seat.context for seat in seats),
                roles=tuple(seat.role.name for seat in seats),
                footprint=parts,
                in_turns=name in allocation.turns,
                measured=measured if instances == 1 else None,
            )

    def _as_written(self) -> AsWritten | None:
        """The plan made by hand: what each of its models takes for its role, and all together."""
        needs: list[tuple[Role, Candidate, Footprint]] = []
        options: dict[Option, Seat] = {}
        for role in self.agents.roles:
            if (wanted := self.wanted[role.name]) is None:
                continue
            taken, _ = footprint(wanted.shape, role.context, role.slots, self.agents.kv, self.on)
            needs.append((role, wanted, taken))
            seat = Seat(role, Server(wanted, self.agents.kv), role.context, role.slots, 1.0, float(taken.kv))
            options[_option(seat)] = seat
        if not needs:
            return None
        return AsWritten(tuple(needs), least_memory(self._problem(options, 1e12, Rung(""))))


def _option(seat: Seat) -> Option:
    return Option(
        seat.role.name, seat.server.name if seat.server else None, seat.value, seat.slots, seat.bytes
    )


def differences(now: AgentPlan, then: AgentPlan) -> Iterator[str]:
    """What another amount of memory changes, a sentence a role."""
    for before, after in zip(now.roles, then.roles, strict=True):
        if _titles(before) == _titles(after):
            continue
        gain = ""
        if before.evidence and after.evidence and before.evidence is not after.evidence:
            gain = f" ({100 * (after.evidence.bound - before.evidence.bound):+.0f} points at the lower bound)"
        yield f"{before.role.name}: {_titles(before) or 'nobody'} → {_titles(after) or 'nobody'}{gain}"


def _titles(plan: RolePlan) -> str:
    if plan.seat is None:
        return ""
    if plan.seat.server is None:
        return str(plan.seat.hosted)
    return f"{plan.seat.server.name}, {plan.seat.slots} × {plan.seat.context:,}"


def shortfall(least: float, usable: float) -> str:
    """``41.2 GB, 12.4 GB more than there is``, or that it would do."""
    if least == math.inf:
        return "no model has the context that some role asks for"
    if least > usable:
        return f"{size(least)}, {size(least - usable)} more than there is"
    return size(least)
