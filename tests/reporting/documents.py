"""The documents of standings, by name, as the formats write them."""

from __future__ import annotations

from harness.analysis.heldout import HeldOut
from harness.analysis.standings import Standings
from harness.reporting.formats.html import page, sheet
from harness.reporting.formats.markdown import guide, summary
from harness.reporting.report import sections
from harness.reporting.section import Report


def written(standings: Standings, rule_value: HeldOut | None = None) -> dict[str, str]:
    """Guide, page, summary and sheet; no picture is drawn and no answer is shown."""
    report = Report(standings, rule_value=rule_value)
    parts = sections(report)
    return {
        "guide": guide(report, parts),
        "page": page(report, parts),
        "summary": summary(report, parts),
        "sheet": sheet(report, parts),
    }
