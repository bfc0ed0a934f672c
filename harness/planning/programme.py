"""An allocation as an integer programme: variables, costs, bounds and rows of coefficients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil, inf
from typing import TYPE_CHECKING, Any

from harness.planning.problem import Allocation, Option, Problem, worth

if TYPE_CHECKING:
    import numpy as np

_TIE = 1e-6  # of the largest value: what the whole memory counts, so that equal values take the least
_NEAR = 0.06
_SCALE = 1e4  # of the largest value: HiGHS stops 1e-6 before the best


class Programme:
    """The variables in order: options, instances and, in turns, who swaps, what stays, the room of turns.

    ``most`` is what each may be; those that are ruled out are 0 there.
    """

    def __init__(self, problem: Problem, options: Sequence[Option]) -> None:
        self.problem, self.options = problem, options
        self.servers = sorted({option.server for option in options if option.server is not None})
        self.n, self.m = len(options), len(self.servers)
        self.swap = self.n + self.m
        self.total = self.swap + (2 * self.m + 1 if problem.in_turns else 0)
        # In parts of the capacity, so that all coefficients are of one size
        self.unit = problem.capacity or 1.0
        self.rows, self.low, self.high = self._constraints()
        self.most = self._bounds()

    def fractions(self, costs: np.ndarray[Any, Any], *, any_memory: bool = False) -> Any | None:
        """The least costs if all variables may be fractions, as ``linprog`` gives them; or ``None``."""
        import numpy as np
        from scipy.optimize import linprog

        rows, low, high = self.rows, self.low, self.high
        if any_memory:  # the last row
            rows, low, high = rows[:-1], low[:-1], high[:-1]
        equal = low == high
        bounds = np.array([np.zeros(self.total), self.most]).T
        solution = linprog(
            costs, rows[~equal], high[~equal], rows[equal], high[equal], bounds, method="highs-ds"
        )
        return solution if solution.status == 0 else None

    def whole_numbers(self, seconds: float, *, presolve: bool) -> Any:
        """The least costs, as ``milp`` gives them; with few variables presolve takes longer than it saves."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        left = np.flatnonzero(self.most)
        solution = milp(
            self.costs()[left],
            constraints=LinearConstraint(self.rows[:, left], self.low, self.high),
            bounds=Bounds(0.0, self.most[left]),
            integrality=self.whole[left],
            options={"mip_rel_gap": 0, "time_limit": seconds, "presolve": presolve},
        )
        if solution.x is not None:
            x = np.zeros(self.total)
            x[left] = solution.x
            solution.x = x
        return solution

    def rule_out(self, variables: np.ndarray[Any, Any]) -> None:
        """What must be a whole number is none of these."""
        self.most[variables & self.whole] = 0.0

    def options_of(self, variables: np.ndarray[Any, Any]) -> list[Option]:
        """The options among variables whose servers are among them, too."""
        servers = {server for server, among in zip(self.servers, variables[self.n :], strict=False) if among}
        return [
            option
            for option, among in zip(self.options, variables, strict=False)
            if among and (option.server is None or option.server in servers)
        ]

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
            costs += memory * self.memory()
        return costs

    def memory(self) -> np.ndarray[Any, Any]:
        """What options and instances take of the memory, in parts of the capacity."""
        import numpy as np

        bytes_ = np.zeros(self.total)
        bytes_[: self.n] = [option.bytes for option in self.options]
        bytes_[self.n : self.swap] = [self.problem.servers[server] for server in self.servers]
        return bytes_ / self.unit

    def cost(self, made: Allocation) -> float:
        """What an allocation costs."""
        return _SCALE * (_TIE * made.bytes / self.unit - worth(self.problem, made) / _largest(self.problem))

    @property
    def near(self) -> float:
        """Costs within which good allocations lie: a share of what all roles may be worth."""
        best: dict[str, float] = {}
        for option in self.options:
            best[option.role] = max(abs(option.value), best.get(option.role, 0.0))
        return _NEAR * _SCALE * sum(best.values()) / _largest(self.problem)

    def value(self, cost: float) -> float:
        """What a difference of costs is of value."""
        return cost / _SCALE * _largest(self.problem)

    def _bounds(self) -> np.ndarray[Any, Any]:
        import numpy as np

        high = np.ones(self.total)
        high[self.n : self.swap] = [self._most(server)[0] for server in self.servers]
        return high

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

    @property
    def whole(self) -> np.ndarray[Any, Any]:
        """Which variables are whole numbers."""
        import numpy as np

        return np.arange(self.total) < self.swap + self.m

    def _constraints(self) -> tuple[Any, np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Rows of coefficients, and what each may be at least and at most; the last one is the memory.

        Some say only of fractions what the others say already of whole numbers.
        """
        import numpy as np
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
            for i in members:
                add({i: 1.0, self.n + j: -1.0}, 0.0)
            size = {i: self.options[i].bytes / self.unit for i in members}
            sizes.append(size | {self.n + j: self.problem.servers[server] / self.unit})
        if self.problem.every:
            self._whole_servers(by_role, add)
        if not self.problem.in_turns:
            add({at: part for size in sizes for at, part in size.items()}, 1.0)
        else:
            self._share_room(sizes, add)
        at = [(r, c) for r, row in enumerate(rows) for c in row]
        values = [value for row in rows for value in row.values()]
        matrix = csr_array((values, ([r for r, _ in at], [c for _, c in at])), shape=(len(rows), self.total))
        return matrix, np.array(low), np.array(high)

    def _whole_servers(self, by_role: Mapping[str, Sequence[int]], add: Any) -> None:
        """Instances that roles need whose servers are all among some: their slots, rounded up to whole ones.

        The servers are those that one or two roles can be served by.
        """
        can = {role: frozenset(self.options[i].server for i in members) for role, members in by_role.items()}
        least = {role: min(self.options[i].slots for i in members) for role, members in by_role.items()}
        for servers in {one | other for one in can.values() for other in can.values()}:
            slots = sum(least[role] for role in can if can[role] <= servers)
            if None not in servers:
                among = {self.n + j: -1.0 for j, server in enumerate(self.servers) if server in servers}
                add(among, -float(ceil(slots / self.problem.most_slots)))

    def _share_room(self, sizes: Sequence[Mapping[int, float]], add: Any) -> None:
        """A server is resident, or fits into the one room in which others take turns."""
        room = self.total - 1
        for j, size in enumerate(sizes):
            swap, resident = self.swap + j, self.swap + self.m + j
            _, most = self._most(self.servers[j])
            add({**size, resident: -1.0, swap: -most}, 0.0)
            add({**size, room: -1.0, swap: most}, most)
        add(dict.fromkeys(range(self.swap + self.m, self.total), 1.0), 1.0)


def _largest(problem: Problem) -> float:
    return max((abs(option.value) for option in problem.options), default=1.0) or 1.0
