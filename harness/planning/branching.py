"""The best whole numbers of a programme: branches, bounded by what fractions would give.

Linked to their roles, servers are opened in fractions only where the memory cuts them: the bound is close,
and few branches are left. scipy's own search takes several times longer on such programmes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import TYPE_CHECKING, Any

from harness.planning.programme import Programme

if TYPE_CHECKING:
    import numpy as np

MOST_RELAXATIONS = 40  # of one search: about a second for twenty roles and sixty candidates
_TRIED = (0, 8)  # branches among whose servers whole numbers are looked for; the first two times pay
_WHOLE = 1e-6  # how far from a whole number one may lie
_MUCH = 0.1  # of the sum: where more may be missing, servers in use are exchanged for others
_EXCHANGES, _OTHERS, _NEAR = 3, 8, 0.02  # so often, so many at once, to within this share of the best
_SEARCH_S = 10  # of a search among the few servers of a relaxation, which mostly takes a tenth of a second


@dataclass(frozen=True, slots=True)
class Found:
    """The best whole numbers met, if any; none cost less than ``least``."""

    x: np.ndarray[Any, Any] | None
    cost: float
    least: float

    @property
    def settled(self) -> bool:
        """Whether there are none better."""
        return self.least >= self.cost - _WHOLE


@dataclass(frozen=True, slots=True)
class _Branch:
    """Bounds of the variables, the best fractions within them, and the ``rise``: what more of each costs."""

    low: np.ndarray[Any, Any]
    high: np.ndarray[Any, Any]
    x: np.ndarray[Any, Any]
    cost: float
    rise: np.ndarray[Any, Any]


class Search:
    """The search through the branches of one programme."""

    def __init__(self, model: Programme) -> None:
        import numpy as np

        self.model, self.costs = model, model.costs()
        rows, low, high = model.constraints(linked=True)
        self.rows, self.low, self.high = rows, np.array(low), np.array(high)
        self.equal = self.low == self.high
        sizes = [model.problem.servers[server] for server in model.servers]
        self.sizes = np.array([0.0] * model.n + sizes)
        self.left = MOST_RELAXATIONS
        self.best: np.ndarray[Any, Any] | None = None
        self.cost = inf

    def run(self) -> Found:
        """The best first, until none is left that could be better, or all relaxations are used up."""
        numbers = count()
        first = self._relaxed(*self.model.bounds())
        open_ = [(first.cost, next(numbers), first)] if first else []
        while open_ and self.left > 0 and open_[0][0] < self.cost - _WHOLE:
            _, number, branch = heappop(open_)
            if number in _TRIED or (self.best is None and number & (number - 1) == 0):
                self._among_servers_of(branch)
            for part in self._parts(branch):
                heappush(open_, (part.cost, next(numbers), part))
        least = min([self.cost, *(cost for cost, _, _ in open_)])
        if first and self.cost - least > _MUCH * abs(self.cost):
            self._exchange(first)
        return Found(self.best, self.cost, min(least, self.cost))

    def _relaxed(self, low: np.ndarray[Any, Any], high: np.ndarray[Any, Any]) -> _Branch | None:
        """The best fractions within bounds; ``None`` where there are none, or none that could be better."""
        import numpy as np
        from scipy.optimize import linprog

        self.left -= 1
        equal = self.equal
        solution = linprog(
            self.costs, A_ub=self.rows[~equal], b_ub=self.high[~equal], A_eq=self.rows[equal],
            b_eq=self.high[equal], bounds=np.array([low, high]).T, method="highs-ds",
        )  # fmt: skip
        if solution.status != 0 or solution.fun >= self.cost - _WHOLE:
            return None
        return _Branch(low, high, solution.x, solution.fun, solution.lower.marginals)

    def _among_servers_of(self, branch: _Branch) -> None:
        """The best whole numbers among the servers that a relaxation opened in part."""
        self._among(branch, branch.x[self.model.n :] > _WHOLE)

    def _exchange(self, first: _Branch) -> None:
        """Look among the servers in use and a few others, those first that cost least more at the root."""
        import numpy as np

        others = np.argsort(first.rise[self.model.n :], kind="stable")
        for start in range(0, _EXCHANGES * _OTHERS, _OTHERS):
            if self.best is not None:
                opened = self.best[self.model.n :] > _WHOLE
                opened[others[start : start + _OTHERS]] = True
                self._among(first, opened, _NEAR)

    def _among(self, branch: _Branch, opened: np.ndarray[Any, Any], gap: float = 0.0) -> None:
        """The best whole numbers within a branch's bounds with these servers alone, but for a ``gap``."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        model = self.model
        high = branch.high.copy()
        high[model.n :][~opened] = 0.0
        solution = milp(
            self.costs, constraints=LinearConstraint(self.rows, self.low, self.high),
            bounds=Bounds(branch.low, high), integrality=model.integrality(),
            options={"mip_rel_gap": gap, "time_limit": _SEARCH_S},
        )  # fmt: skip
        if solution.x is not None and solution.fun < self.cost:
            self.best, self.cost = solution.x, solution.fun

    def _parts(self, branch: _Branch) -> Iterator[_Branch]:
        """The branch parted at the largest server that is opened in part, or else at an option."""
        import numpy as np

        high = branch.high.copy()
        high[(branch.rise > self.cost - branch.cost) & (branch.low < 0.5)] = 0.0  # these would cost too much
        parts = np.abs(branch.x - np.round(branch.x))
        if parts.max() < _WHOLE:
            if branch.cost < self.cost:
                self.best, self.cost = branch.x, branch.cost
            return
        servers = parts * self.sizes
        at = int(servers.argmax() if servers.max() > _WHOLE * self.sizes.max() else parts.argmax())
        low_of_more, high_of_less = branch.low.copy(), high.copy()
        low_of_more[at], high_of_less[at] = np.ceil(branch.x[at]), np.floor(branch.x[at])
        for low, most in ((low_of_more, high), (branch.low, high_of_less)):
            if (part := self._relaxed(low, most)) is not None:
                yield part
