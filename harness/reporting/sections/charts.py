"""The pictures."""

from __future__ import annotations

from harness.reporting.charts.plans import plan_charts
from harness.reporting.section import Charts, Only, Prose, Report, Section, Text


def section(report: Report) -> Section:
    """All of them on a page, the general ones in the guide."""
    plans = tuple(plan_charts(report.standings))
    if not plans:
        return Section(
            "charts", "Charts", (Text("Nothing was measured that a chart could show."),), short="Charts"
        )
    more = Only("guide", (Prose("More charts, and the answers themselves, are in `index.html`."),))
    return Section("charts", "Charts", (Charts(plans), more), short="Charts")
