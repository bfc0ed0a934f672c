from __future__ import annotations

from pathlib import Path

from harness.analysis.standings import load_standings
from harness.reporting.charts.plans import plan_charts
from harness.reporting.charts.style import Style
from harness.reporting.charts.trade_off import AGAINST, trade_off
from tests.rows import answers, database


def test_free_models_are_in_the_picture_of_costs(tmp_path: Path) -> None:
    """A logarithmic scale has no zero: what costs nothing stands at its left end, under its own mark."""
    rows = [
        *answers("dear", "1" * 39 + "0", cost_usd=0.004),
        *answers("free", "10" * 20, cost_usd=0.0),
        *answers("cheap", "1" * 30 + "0" * 10, cost_usd=0.0001),
        *answers("unknown", "1" * 40),
    ]
    with database(tmp_path, rows) as con:
        standings = load_standings(con)
    table, cost = standings.by("suite")[0], AGAINST[0]
    assert [(round(x, 3), s.model) for x, s in cost.points(table)] == [
        (0.025, "free"), (0.1, "cheap"), (4.0, "dear"),
    ]  # fmt: skip
    words = [word.text for word in trade_off(table, cost, Style(standings.ranked_models)).words]
    assert {"free", "cheap", "dear", "$0", "$1.00"} <= set(words)
    assert "unknown" not in words
    alt = next(plan.alt for plan in plan_charts(standings) if plan.name == "quality-against-cost-overall")
    assert "free 50 % at $0;" in alt
