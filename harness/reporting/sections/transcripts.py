"""Answers for those who want to see with their own eyes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from harness.reporting.section import Answers, Control, Pictures, Report, Section, Text
from harness.reporting.transcripts import Transcript, transcripts

_HINT = (
    "A few answers of every model in every suite, failures first. What a model wrote is shown as it is;"
    " control characters are made visible."
)

_PICTURES = 60  # in a page


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
    answers = Answers(tuple(_with_pictures(shown, report.pictures)))
    blocks = (Text(_HINT, small=True), Control("filters", filters), answers)
    return Section("transcripts", "Transcripts", blocks, ("page",), "Transcripts")


def _with_pictures(shown: Sequence[Transcript], pictures: Pictures) -> Iterator[Transcript]:
    """The answers with what their tasks show: the first ones, since a page must stay small."""
    left = _PICTURES
    for one in shown:
        seen = tuple(pictures(one.task_sha256))[:left] if left else ()
        left -= len(seen)
        yield replace(one, pictures=seen) if seen else one
