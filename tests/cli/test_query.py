"""``harness query``: SQL over the rows, and over nothing else of the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.rows import answers, write

RUN = "20261101-120000-aaaa"


@pytest.fixture
def results(harness: Harness) -> Path:
    write(Path("results"), answers("a", "10") + answers("b", "11"))
    return Path("results")


@pytest.mark.parametrize(
    "sql",
    [
        "FROM read_text('{secret}')",
        "FROM read_blob('{secret}')",
        "FROM read_csv('{secret}')",
        "FROM '{secret}'",
        "FROM glob('{folder}/*')",
        "FROM sniff_csv('{secret}')",
        f"FROM read_parquet('results/{RUN}/part-00000.parquet')",
        f"FROM parquet_schema('results/{RUN}/part-00000.parquet')",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "COPY results TO '{folder}/out.parquet'",
        f"COPY (SELECT 1 AS a) TO 'results/{RUN}/part-00000.parquet'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{folder}/out.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "ATTACH '{folder}/out.db' AS other",
        "INSTALL httpfs",
        "LOAD '{secret}'",
        "SET enable_external_access = true",
        "RESET enable_external_access",
        "SET lock_configuration = false",
        "SET temp_directory = '{folder}/out'",
        "PRAGMA profiling_output = '{folder}/out'",
        "CALL enable_logging(storage = 'file', storage_path = '{folder}/out')",
        "SELECT 1; COPY (SELECT 1) TO '{folder}/out.csv'",
        "FROM answer",
        "SELECT * FROM standings, read_text('{secret}')",
    ],
)
def test_no_query_reaches_a_file(harness: Harness, results: Path, tmp_path: Path, sql: str) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    secret = folder / "secret.csv"
    secret.write_text("a\nsecret words\n")
    part = results / RUN / "part-00000.parquet"
    before = part.read_bytes()
    done = harness("query", sql.format(secret=secret, folder=folder))
    assert done.code == 1, done.out
    assert done.err.startswith("error: the query failed: ")
    assert done.err.count("\n") == 1
    assert "secret words" not in done.out + done.err
    assert list(folder.iterdir()) == [secret]
    assert part.read_bytes() == before


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT count(*) AS n FROM results", "n\n4\n"),
        ("SELECT count(*) AS n FROM results WHERE model = 'a' AND passed", "n\n1\n"),
        ("SELECT model FROM standings WHERE dimension = 'suite' AND rank = 1", "model\nb\n"),
        ("SELECT count(*) AS n FROM samples JOIN tasks USING (task)", "n\n4\n"),
        ("CREATE TABLE mine AS SELECT 1 AS n; FROM mine", "n\n1\n"),
        ("SELECT max(length(output)) AS n FROM examples", "n\n2\n"),
    ],
)
def test_rows_and_views_are_there(harness: Harness, results: Path, sql: str, expected: str) -> None:
    done = harness("query", sql, "--format", "csv")
    assert (done.code, done.out) == (0, expected), done.err
