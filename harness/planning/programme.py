"""An allocation as an integer programme: variables, costs, bounds and rows of coefficients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil, inf
from typing import TYPE_CHECKING, Any

from harness.planning.problem import Option, Problem

if TYPE_CHECKING:
    import numpy as np

_TIE = 1e-6  # of the largest value: what the whole memory counts, so that equal values take the least
_SCALE = 1e4  # of the largest value: HiGHS stops 1e-6 before the best


class Programme:
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

    def value(self, cost: float) -> float:
        """What a difference of costs is of value."""
        return cost / _SCALE * _largest(self.problem)

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


def _largest(problem: Problem) -> float:
    return max((abs(option.value) for option in problem.options), default=1.0) or 1.0
