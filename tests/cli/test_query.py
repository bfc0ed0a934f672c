"""``harness query``: SQL over the rows, and over nothing else of the machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.analysis.views import PUBLIC
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


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("DROP VIEW results", "DROP"),
        ("ALTER VIEW results RENAME TO mine", "ALTER"),
        ("SELECT 1; VACUUM", "VACUUM"),
        ("CREATE TABLE mine AS FROM results", "CREATE"),
    ],
)
def test_what_gives_no_rows_is_no_query(harness: Harness, results: Path, sql: str, kind: str) -> None:
    done = harness("query", sql)
    assert (done.code, done.out) == (1, "")
    assert f"the query failed: {kind} gives no rows; a query reads: SELECT, FROM" in done.err


def test_numbers_are_numbers_to_programs(harness: Harness, results: Path) -> None:
    done = harness(
        "query", "SELECT 1.25 AS d, 'nan'::DOUBLE AS n, 1 / 0 AS i, 0.5::DOUBLE AS f", "--format", "json"
    )
    assert json.loads(done.out) == [{"d": 1.25, "n": None, "i": None, "f": 0.5}]


def test_the_views_can_be_listed(harness: Harness, results: Path) -> None:
    done = harness("query", "SHOW TABLES", "--format", "csv")
    assert {"results", *PUBLIC} == set(done.out.split()) - {"name"}


def test_an_answer_has_a_bound(harness: Harness, results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.cli.query._MOST", 3)
    assert harness("query", "FROM range(9, 6, -1)", "--format", "csv").out.split() == ["range", "9", "8", "7"]
    done = harness("query", "SELECT b.range FROM results, range(1000000) AS b, range(1000000) AS c")
    assert (done.code, done.out) == (1, "")
    assert "the answer has more than 3 rows; ask for fewer: GROUP BY, WHERE, LIMIT" in done.err
