"""How much of a budget is spent in the day, week or month that it is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from harness.observationrow import Observation
from harness.rules.ruleset import SpendingLimit

_PERIODS: dict[str, Callable[[datetime], str]] = {
    "day": lambda at: at.strftime("%Y-%m-%d"),
    "week": lambda at: at.strftime("%G week %V"),
    "month": lambda at: at.strftime("%Y-%m"),
    "total": lambda at: "",
}


class Spending:
    """Counts costs against a budget; what was spent in earlier periods does not count."""

    def __init__(
        self, budget: SpendingLimit, today: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._budget, self._today = budget, today
        self._usd: defaultdict[str, float] = defaultdict(float)  # by period: a clock may be put back

    def add(self, usd: float) -> None:
        """Count what a call cost."""
        self._usd[self._now()] += usd

    def go_on_from(self, earlier: Spending) -> None:
        """Count what was counted before the budget was changed; another period begins anew."""
        if earlier._budget.period == self._budget.period:
            self._usd = earlier._usd

    def add_calls(self, calls: Iterable[Observation]) -> None:
        """Count earlier calls, each in its period; unknown costs are taken as none."""
        key = _PERIODS[self._budget.period]
        for call in calls:
            self._usd[key(call.moment)] += call.cost_usd or 0.0

    @property
    def left(self) -> float:
        """USD that may still be spent in this period."""
        return max(0.0, self._budget.usd - self._usd.get(self._now(), 0.0))

    @property
    def usd(self) -> float:
        """What the whole budget of a period is."""
        return self._budget.usd

    def __str__(self) -> str:
        period = "" if self._budget.period == "total" else f" of this {self._budget.period}"
        return f"${self.left:.4f} are left of the ${self._budget.usd:g}{period}"

    def _now(self) -> str:
        return _PERIODS[self._budget.period](self._today())
