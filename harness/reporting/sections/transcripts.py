"""Answers for those who want to see with their own eyes."""

from __future__ import annotations

from harness.reporting.section import Answers, Control, Report, Section, Text
from harness.reporting.transcripts import transcripts

_HINT = (
    "A few answers of every model in every suite, failures first. What a model wrote is shown as it is;"
    " control characters are made visible."
)


def section(report: Report) -> Section:
    """On the page alone: a guide would be too long."""
    scored = {board.name for board in report.standings.by("suite") if board.measure != "pass"}
    shown = tuple(transcripts(report.examples, report.prompts, scored))
    if not shown:
        return Section(
            "transcripts", "Transcripts", (Text("No answers were kept."),), ("page",), "Transcripts"
        )
    filters = (
        ("suite", tuple(dict.fromkeys(one.suite for one in shown))),
        ("model", tuple(dict.fromkeys(one.model for one in shown))),
        ("outcome", tuple(dict.fromkeys(one.outcome for one in shown))),
    )
    blocks = (Text(_HINT, small=True), Control("filters", filters), Answers(shown))
    return Section("transcripts", "Transcripts", blocks, ("page",), "Transcripts")
