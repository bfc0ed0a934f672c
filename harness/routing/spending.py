"""How much of a budget is spent in the day, week or month that it is now."""

from __future__ import annotations

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
        self._period, self._usd = self._now(), 0.0

    def add(self, usd: float) -> None:
        """Count what a call cost."""
        self._turn()
        self._usd += usd

    def add_calls(self, calls: Iterable[Observation]) -> None:
        """Count earlier calls, of this period only; unknown costs are taken as none."""
        key = _PERIODS[self._budget.period]
        for call in calls:
            at = datetime.fromisoformat(call.timestamp)
            if key(at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)) == self._now():
                self.add(call.cost_usd or 0.0)

    @property
    def left(self) -> float:
        """USD that may still be spent in this period."""
        self._turn()
        return max(0.0, self._budget.usd - self._usd)

    def __str__(self) -> str:
        period = "" if self._budget.period == "total" else f" of this {self._budget.period}"
        return f"${self.left:.4f} are left of the ${self._budget.usd:g}{period}"

    def _turn(self) -> None:
        if (now := self._now()) != self._period:
            self._period, self._usd = now, 0.0

    def _now(self) -> str:
        return _PERIODS[self._budget.period](self._today())
