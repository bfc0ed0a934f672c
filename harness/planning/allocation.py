"""Which server serves which role, within a device's memory: an integer programme, solved exactly.

A role is served by at most one option: slots of a server, or a model elsewhere, which takes no memory.
A server is a model as it is loaded (quantisation, type of its keys and values); it may run several times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, inf
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np

TIME_LIMIT_S = 10  # of one solution
_TIME_IS_UP = 1  # the status of ``milp``
_TIE = 1e-6  # of the largest value: what the whole memory counts, so that equal values take the least
_SCALE = 1e4  # of the largest value: HiGHS stops 1e-6 before the best


@dataclass(frozen=True, slots=True)
class Option:
    """One way to serve a role. ``bytes`` are those of its ``slots``; ``server`` is ``None`` for elsewhere."""

    role: str
    server: str | None
    value: float
    slots: int = 0
    bytes: float = 0.0


@dataclass(frozen=True, slots=True)
class Problem:
    """``servers`` are the bytes of one instance without contexts.

    ``every`` role must be served: where that cannot be, some are left out greedily. ``in_turns`` lets servers
    share the room of the largest of them: each is loaded when it is called.
    """

    options: Sequence[Option]
    servers: Mapping[str, float]
    capacity: float
    most_slots: int = 4  # of an instance
    most_instances: int = 1  # of a server
    every: bool = False
    in_turns: bool = False
    turn: float = 0.001  # of value: what it costs that a server is loaded when it is called


@dataclass(frozen=True, slots=True)
class Allocation:
    """What serves each role that is served, and how often each server runs; ``turns`` share their room.

    It is the best there is where it is ``settled``; else the time was up, and it is the best so far.
    """

    options: Mapping[str, Option]
    instances: Mapping[str, int]
    value: float
    bytes: float
    turns: tuple[str, ...] = ()
    by: Literal["milp", "greedy"] = "milp"
    sizes: Mapping[str, float] = field(default_factory=dict)  # bytes of all instances of a server
    settled: bool = True


def allocate(problem: Problem) -> Allocation:
    """The allocation of the highest value; of those the one that takes least memory, then first by name.

    Values that differ by less than a millionth of the largest are equal. The better of the best so far and
    a greedy one, not ``settled``, where time is up; the greedy one where ``every`` role cannot be served.
    """
    solved, settled = _solve(problem)
    if solved is None or not settled:
        greedy = _greedy(problem)
        if solved is None or (len(greedy.options), greedy.value) > (len(solved.options), solved.value):
            solved = greedy
    return replace(_first_by_name(problem, solved), settled=settled)


def least_memory(problem: Problem) -> float:
    """Bytes that serving every role takes at least, side by side; exact where no roles share a server.

    It is that of the programme without whole numbers; infinite where a role has no option.
    """
    from scipy.optimize import linprog

    if not problem.options:
        return 0.0
    worthless = [replace(option, value=0.0) for option in problem.options]
    smallest = _undominated(worthless, problem.servers, 1)
    model = _Model(replace(problem, every=True, in_turns=False), smallest)
    rows, low, high = model.constraints(linked=True)
    costs = [option.bytes / model.unit for option in model.options]
    costs += [problem.servers[server] / model.unit for server in model.servers]
    roles = [i for i, least in enumerate(low) if least == 1]
    rest = [i for i, least in enumerate(low) if least != 1][:-1]  # but for the memory itself
    solution = linprog(
        costs, A_ub=rows[rest], b_ub=[high[i] for i in rest], A_eq=rows[roles], b_eq=[1.0] * len(roles)
    )
    return float(solution.fun * model.unit) if solution.status == 0 else inf


def _undominated(options: Sequence[Option], servers: Mapping[str, float], enough: int) -> list[Option]:
    """The options but for servers that ``enough`` of those kept dominate.

    One dominates another where neither it nor any role takes more bytes there, or is worth less.
    """
    import numpy as np

    offered: dict[str, dict[tuple[str, int, int], Option]] = defaultdict(dict)
    for option in sorted(options, key=lambda option: option.bytes):
        if option.server is not None:
            of_server, rank = offered[option.server], 0
            while (option.role, option.slots, rank) in of_server:
                rank += 1
            of_server[option.role, option.slots, rank] = option
    columns = list(dict.fromkeys(key for of_server in offered.values() for key in of_server))
    costs = {
        server: np.array(
            [servers[server]]
            + [of_server[key].bytes if key in of_server else inf for key in columns]
            + [-of_server[key].value if key in of_server else inf for key in columns]
        )
        for server, of_server in offered.items()
    }
    kept: list[str] = []
    for server in sorted(costs, key=lambda name: (costs[name].tolist(), name)):
        if sum(bool((costs[other] <= costs[server]).all()) for other in kept) < enough:
            kept.append(server)
    return [option for option in options if option.server is None or option.server in set(kept)]


def _enough(problem: Problem) -> int:
    """How many servers must dominate one, so that its roles always find instances left on one of them.

    Where it has ``n`` instances, one without room for them has more than the most less ``n``. All but the
    last of a server's are full, the last has a slot in use, and roles use no more slots than they ask for.
    """
    slots: dict[str, int] = defaultdict(int)
    for option in problem.options:
        slots[option.role] = max(slots[option.role], option.slots)
    total, size, most = sum(slots.values()), problem.most_slots, problem.most_instances
    return 1 + max(max(0, total - size * (n - 1) - 1) // (size * (most - n) + 1) for n in range(1, most + 1))


def measure(
    problem: Problem,
    options: Sequence[Option],
    turns: Sequence[str] = (),
    by: Literal["milp", "greedy"] = "milp",
) -> Allocation | None:
    """What the options make together; ``None`` where they break a bound of the problem."""
    chosen = {option.role: option for option in options}
    slots: dict[str, int] = defaultdict(int)
    contexts: dict[str, float] = defaultdict(float)
    for option in options:
        if option.server is not None:
            slots[option.server] += option.slots
            contexts[option.server] += option.bytes
    instances = {server: max(1, ceil(count / problem.most_slots)) for server, count in slots.items()}
    sizes = {server: problem.servers[server] * n + contexts[server] for server, n in instances.items()}
    turning = [server for server in turns if server in sizes]
    resident = sum(bytes_ for server, bytes_ in sizes.items() if server not in turning)
    taken = resident + max((sizes[server] for server in turning), default=0.0)
    if (
        len(chosen) < len(options)
        or max(instances.values(), default=0) > problem.most_instances
        or taken > problem.capacity * (1 + 1e-9)
    ):
        return None
    value = sum(option.value for option in options)
    alone = len(turning) < 2
    return Allocation(chosen, instances, value, taken, () if alone else tuple(sorted(turning)), by, sizes)


def _largest(problem: Problem) -> float:
    return max((abs(option.value) for option in problem.options), default=1.0) or 1.0


def _solve(problem: Problem) -> tuple[Allocation | None, bool]:
    """By HiGHS, and whether nothing is left to be tried.

    The rounded solution is checked again, since it may lie outside of the bounds by a little.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    options = [
        o for o in problem.options if o.bytes + problem.servers.get(o.server or "", 0) <= problem.capacity
    ]
    if not options:
        return Allocation({}, {}, 0.0, 0.0), True
    if not problem.in_turns:  # where one that grows may cost the room of all others
        options = _undominated(options, problem.servers, _enough(problem))
    model = _Model(problem, options)
    rows, low, high = model.constraints()
    # HiGHS's presolve takes longer here than it saves.
    solution = milp(
        model.costs(),
        constraints=LinearConstraint(rows, low, high),
        bounds=Bounds(*model.bounds()),
        integrality=model.integrality(),
        options={"mip_rel_gap": 0, "time_limit": TIME_LIMIT_S, "presolve": False},
    )
    settled = solution.status != _TIME_IS_UP
    if solution.x is None:
        return None, settled
    chosen = [option for option, x in zip(options, solution.x, strict=False) if x > 0.5]
    swapped = solution.x[model.swap : model.swap + len(model.servers)] if problem.in_turns else ()
    turns = [server for server, x in zip(model.servers, swapped, strict=False) if x > 0.5]
    return measure(problem, chosen, turns), settled


class _Model:
    """The variables in order: options, instances and, in turns, who swaps, what stays, the room of turns."""

    def __init__(self, problem: Problem, options: Sequence[Option]) -> None:
        self.problem, self.options = problem, options
        self.servers = sorted({option.server for option in options if option.server is not None})
        self.n, self.m = len(options), len(self.servers)
        self.swap = self.n + self.m
        self.total = self.swap + (2 * self.m + 1 if problem.in_turns else 0)
        # In parts of the capacity, so that all coefficients are of one size
        self.unit = problem.capacity or 1.0

    def costs(self) -> np.ndarray[Any, Any]:
        import numpy as np

        costs = np.zeros(self.total)
        scale = _SCALE / _largest(self.problem)
        costs[: self.n] = [-option.value * scale for option in self.options]
        memory = _TIE * _SCALE
        if self.problem.in_turns:
            costs[self.swap : self.swap + self.m] = self.problem.turn * scale
            costs[self.swap + self.m :] = memory
        else:
            costs[: self.n] += [option.bytes / self.unit * memory for option in self.options]
            costs[self.n :] = [self.problem.servers[server] / self.unit * memory for server in self.servers]
        return costs

    def bounds(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        import numpy as np

        low, high = np.zeros(self.total), np.ones(self.total)
        high[self.n : self.swap] = [self._most(server)[0] for server in self.servers]
        return low, high

    def _most(self, server: str) -> tuple[int, float]:
        """The most instances of a server that can be of use, and what they would take with all its roles."""
        slots: dict[str, int] = defaultdict(int)
        contexts: dict[str, float] = defaultdict(float)
        for option in self.options:
            if option.server == server:
                slots[option.role] = max(slots[option.role], option.slots)
                contexts[option.role] = max(contexts[option.role], option.bytes)
        instances = min(self.problem.most_instances, ceil(sum(slots.values()) / self.problem.most_slots))
        bytes_ = self.problem.servers[server] * instances + sum(contexts.values())
        return instances, min(1.0, bytes_ / self.unit)

    def integrality(self) -> np.ndarray[Any, Any]:
        import numpy as np

        whole = np.ones(self.total)
        whole[self.swap + self.m :] = 0
        return whole

    def constraints(self, *, linked: bool = False) -> tuple[Any, list[float], list[float]]:
        """Rows of coefficients, and what each may be at least and at most.

        ``linked`` adds what the slots say already of whole numbers, which says more of fractions.
        """
        from scipy.sparse import csr_array

        rows: list[dict[int, float]] = []
        low: list[float] = []
        high: list[float] = []

        def add(row: Mapping[int, float], most: float, least: float = -inf) -> None:
            rows.append(dict(row))
            low.append(least)
            high.append(most)

        by_role: dict[str, list[int]] = defaultdict(list)
        of_server: dict[str, list[int]] = defaultdict(list)
        for i, option in enumerate(self.options):
            by_role[option.role].append(i)
            if option.server is not None:
                of_server[option.server].append(i)
        for members in by_role.values():
            add(dict.fromkeys(members, 1.0), 1.0, 1.0 if self.problem.every else -inf)
        sizes = []
        for j, server in enumerate(self.servers):
            members = of_server[server]
            add(
                {i: float(self.options[i].slots) for i in members}
                | {self.n + j: -float(self.problem.most_slots)},
                0.0,
            )
            for i in members if linked else ():
                add({i: 1.0, self.n + j: -1.0}, 0.0)
            size = {i: self.options[i].bytes / self.unit for i in members}
            sizes.append(size | {self.n + j: self.problem.servers[server] / self.unit})
        if not self.problem.in_turns:
            add({at: part for size in sizes for at, part in size.items()}, 1.0)
        else:
            self._share_room(sizes, add)
        at = [(r, c) for r, row in enumerate(rows) for c in row]
        values = [value for row in rows for value in row.values()]
        matrix = csr_array((values, ([r for r, _ in at], [c for _, c in at])), shape=(len(rows), self.total))
        return matrix, low, high

    def _share_room(self, sizes: Sequence[Mapping[int, float]], add: Any) -> None:
        """A server is resident, or fits into the one room in which others take turns."""
        room = self.total - 1
        for j, size in enumerate(sizes):
            swap, resident = self.swap + j, self.swap + self.m + j
            _, most = self._most(self.servers[j])
            add({**size, resident: -1.0, swap: -most}, 0.0)
            add({**size, room: -1.0, swap: most}, most)
        add(dict.fromkeys(range(self.swap + self.m, self.total), 1.0), 1.0)


def _greedy(problem: Problem) -> Allocation:
    """The option that adds most fits first, as long as one fits."""
    best = Allocation({}, {}, 0.0, 0.0, by="greedy")
    for option in sorted(problem.options, key=lambda o: (-o.value, o.bytes, o.server or "")):
        if option.role not in best.options and (option.value > 0 or problem.every):
            with_it = measure(problem, [*best.options.values(), option], by="greedy")
            best = with_it or best
    return best


def _first_by_name(problem: Problem, solved: Allocation) -> Allocation:
    """The same value and memory with servers that come first by name: role by role, server by server."""
    best = solved
    like = {(option.role, option.server): option for option in problem.options}
    moves: list[tuple[str, str]] = [("role", role) for role in sorted(solved.options)]
    moves += [("server", server) for server in sorted(solved.instances)]
    for what, name in moves:
        moving = [
            role
            for role, option in best.options.items()
            if name == (role if what == "role" else option.server)
        ]
        for other in sorted(problem.servers):
            now = [best.options[role].server or "" for role in moving]
            if any((role, other) not in like for role in moving) or other >= min(now, default=""):
                continue
            if sum(like[role, other].value - best.options[role].value for role in moving) < -1e-9:
                continue
            rest = [option for role, option in best.options.items() if role not in moving]
            moved = measure(problem, [*rest, *(like[role, other] for role in moving)], best.turns)
            if moved and moved.value >= best.value - 1e-12 and moved.bytes <= best.bytes * (1 + 1e-12):
                best = moved
                break
    return best
