"""What a report says, and in which order: a new section is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable

from harness.reporting.introduction import introduction, warnings
from harness.reporting.section import Block, Notice, Report, Section, Text
from harness.reporting.sections import (
    breakdown,
    champions,
    changes,
    charts,
    code_quality,
    controls,
    findings,
    follow_ups,
    honesty,
    how_sure,
    judged,
    labels,
    lengths,
    likeness,
    loads,
    method,
    models,
    projects,
    reproduce,
    rounds,
    rule_value,
    standings,
    summary,
    transcripts,
    unmeasured,
    weights,
    which_model,
)

SECTIONS: tuple[Callable[[Report], Section | None], ...] = (
    summary.section,
    which_model.section,
    rule_value.section,
    champions.section,
    charts.section,
    weights.section,
    models.section,
    how_sure.section,
    likeness.section,
    changes.section,
    standings.section,
    breakdown.section,
    labels.section,
    findings.section,
    lengths.section,
    loads.section,
    projects.section,
    honesty.section,
    controls.section,
    judged.section,
    code_quality.section,
    follow_ups.section,
    transcripts.section,
    rounds.section,
    unmeasured.section,
    reproduce.section,
    method.section,
)


def sections(report: Report) -> tuple[Section, ...]:
    """All that there is to say; those with nothing to say are left out."""
    return tuple(section for make in SECTIONS if (section := make(report)))


def head(report: Report) -> tuple[Block, ...]:
    """What every document begins with."""
    standings = report.standings
    return (Text(introduction(standings)), *map(Notice, warnings(standings)))
