"""Verdicts of judges on answers, one record each."""

from __future__ import annotations

from harness.comparisonrow import Comparison
from harness.results.locations import ResultsLocation
from harness.results.rowlog import LogKind, RowLog, read_log

VERDICTS = LogKind(Comparison, "judging", "verdicts", "verdicts")


class ComparisonLog(RowLog[Comparison]):
    """Appends verdicts."""

    def __init__(self, results: ResultsLocation) -> None:
        super().__init__(results, VERDICTS)


def read_comparisons(results: ResultsLocation) -> list[Comparison]:
    """Every verdict there is, in the order in which they were given."""
    return sorted(read_log(results, VERDICTS), key=lambda one: one.judged_at)
