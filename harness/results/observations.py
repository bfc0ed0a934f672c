"""What the router's real calls brought, one record a call."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from harness.observationrow import Observation
from harness.results.locations import ResultsLocation
from harness.results.rowlog import LogKind, RowLog, read_log


def _moment(call: Observation) -> datetime:
    """The time in UTC, which is meant where no zone is named. Raises ``ValueError``."""
    moment = datetime.fromisoformat(call.timestamp)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


CALLS = LogKind(Observation, "observations", "calls", "calls", _moment)


class ObservationLog(RowLog[Observation]):
    """Appends calls."""

    def __init__(self, results: Path) -> None:
        super().__init__(results, CALLS)


def read_observations(results: ResultsLocation) -> list[Observation]:
    """Every call there is, oldest first. One of the gateway that was judged later has the later row alone."""
    calls = {
        (row.request_id, row.attempt) if row.request_id else id(row): row for row in read_log(results, CALLS)
    }
    return sorted(calls.values(), key=_moment)
