"""What the router's real calls brought, one record a call."""

from __future__ import annotations

from operator import attrgetter

from harness.observationrow import Observation
from harness.results.locations import ResultsLocation
from harness.results.rowlog import LogKind, RowLog, read_log

CALLS = LogKind(Observation, "observations", "calls", "calls", attrgetter("moment"))


class ObservationLog(RowLog[Observation]):
    """Appends calls."""

    def __init__(self, results: ResultsLocation) -> None:
        super().__init__(results, CALLS)


def read_observations(results: ResultsLocation) -> list[Observation]:
    """Every call there is, oldest first. One of the gateway that was judged later has the later row alone."""
    calls = {
        (row.request_id, row.attempt) if row.request_id else id(row): row for row in read_log(results, CALLS)
    }
    return sorted(calls.values(), key=attrgetter("moment"))
