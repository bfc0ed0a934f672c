from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from harness.analysis.standings import Standings, load_standings
from harness.reporting.reasons import reason
from harness.reporting.write import read_beside, write_reports
from harness.rules.build import build_rules
from tests.reporting.season import season
from tests.rows import database

MANIFEST = {
    "run_id": "20261101-120000-aaaa",
    "selection": {"suites": "all", "models": "all,!x", "limit": 40, "repeats": 1, "seed": 0},
}
Judged = tuple[duckdb.DuckDBPyConnection, Standings]


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    """The season's results, and what they say."""
    with database(tmp_path_factory.mktemp("results"), season()) as con:
        yield con, load_standings(con)


@pytest.fixture(scope="session")
def standings(judged: Judged) -> Standings:
    """The standings of the season."""
    return judged[1]


@pytest.fixture(scope="session")
def reports(judged: Judged, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all reports of the season."""
    folder = tmp_path_factory.mktemp("reports")
    con, standings = judged
    rules = build_rules(standings, [], [MANIFEST], datetime(2026, 11, 20, tzinfo=UTC), words=reason)
    prompts = {"sha of queries/t-0002": "What is <b>this</b>?"}
    write_reports(read_beside(con), standings, rules, folder, [MANIFEST], prompts)
    return folder
