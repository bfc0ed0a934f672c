"""No value that a row can hold breaks what is made of rows: every column's extremes, through everything."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.analysis.facts import read_examples
from harness.analysis.standings import load_standings
from harness.analysis.views import PUBLIC, install, is_empty
from harness.exporters import EXPORTERS
from harness.fieldtypes import FieldType, field_types
from harness.records import Completion
from harness.resultrow import ResultRow
from harness.results.database import connect
from harness.results.rowcheck import checked, checked_completion, checked_row
from harness.results.store import RunWriter, arrow_schema
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.rows import answers, write

FIELDS = field_types(ResultRow)
OF_COMPLETION = field_types(Completion)
EXTREMES: dict[type, list[Any]] = {
    str: ["", "\0\ud800 '; DROP TABLE results -- \x1b[31m", "x" * 5000],
    int: [0, 1, -1, 2**31 - 1, 2**31, 2**32, 2**63 - 1, 2**63, -(2**63), 10**25, -(10**400)],
    float: [
        0.0, -0.0, -1.0, 5e-324, 1e-300, 1.0, 1e6, 1e8, 1e9, 1e200, 1.8e308, math.nan, math.inf, -math.inf
    ],
    bool: [True, False],
}  # fmt: skip
Runs = dict[str, list[ResultRow]]


def extremes(field: FieldType) -> list[Any]:
    return [*(field.words or EXTREMES[field.base]), *([None] if field.optional else [])]


def season() -> Runs:
    """Two runs of three models and a baseline on two suites."""
    runs: Runs = {}
    for run in ("20261101-120000-aaaa", "20261102-120000-bbbb"):
        rows = runs[run] = []
        for suite in ("one", "two"):
            shape = {"suite": suite, "task_type": suite, "run_id": run, "cost_usd": 0.01}
            rows += answers("a", "1" * 170 + "0" * 30, **shape) + answers("b", "10" * 100, **shape)
            rows += answers("c", "0" * 198 + "x-", **shape)
            rows += answers("oracle", "1" * 200, baseline=True, **shape)
    return runs


def with_extremes() -> Runs:
    """The season, in which every extreme of every column stands in a row of each model."""
    runs = season()
    for rows, model in product(runs.values(), "abc"):
        places = [i for i, r in enumerate(rows) if r.model == model]
        free = iter(random.Random(1).sample(places, len(places)))
        for name, field in FIELDS.items():
            for value in extremes(field) if name != "run_id" else ():  # the name of a folder
                i = next(free)
                rows[i] = replace(rows[i], **{name: value})
    return runs


def ours(results: Path, runs: Runs) -> None:
    """Rows as our writer stores them."""
    for run, rows in runs.items():
        with RunWriter(results, run) as writer:
            for one in rows:
                writer.append(one)


def foreign(results: Path, runs: Runs) -> None:
    """Rows as another tool may store them: the types are right, the values are whatever fits into them."""
    schema = arrow_schema()
    fields = [f.with_nullable(True) for f in schema]
    for run, rows in runs.items():
        columns = [pa.array([_fitting(getattr(r, f.name), f.type) for r in rows], f.type) for f in fields]
        (results / run).mkdir(parents=True)
        table = pa.Table.from_arrays(columns, schema=pa.schema(fields, schema.metadata))
        pq.write_table(table, results / run / "part-00000.parquet")


def _fitting(value: Any, kind: pa.DataType) -> Any:
    """``None`` for what no Parquet file of this type can hold."""
    try:
        return pa.scalar(value, kind).as_py()
    except (OverflowError, UnicodeEncodeError, pa.ArrowInvalid):
        return None


def commands() -> Iterator[tuple[str, ...]]:
    yield ("report", "--config", "models.yaml")
    yield ("report", "--check", "reports/MODEL_SELECTION_GUIDE.md")
    yield ("standings", "--by", "context_tier")
    yield ("compare", "20261101-120000-aaaa", "20261102-120000-bbbb")
    yield ("rules", "build", "-o", "rules.yaml", "--config", "models.yaml", "--baseline", "a")
    yield ("rules", "check", "rules.yaml")
    yield ("rules", "evaluate")
    for name in EXPORTERS:
        yield ("rules", "export", "--rules", "rules.yaml", "--to", name, "-o", f"exports-{name}/")
    for form in ("json", "csv", "table", "md"):
        yield ("query", "FROM results LIMIT 50", "--format", form)


def test_every_extreme_of_every_column_passes_through_everything(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One run is stored by our writer, the other by somebody else's."""
    monkeypatch.setenv("COLUMNS", "160")
    Path("models.yaml").write_text("models: []\n")
    (first, its_rows), (second, other_rows) = with_extremes().items()
    ours(Path("results"), {first: its_rows})
    foreign(Path("results"), {second: other_rows})
    for command in commands():
        done = harness(*command)
        assert done.code == 0, (command, done.err)
        assert "warning" not in done.err, (command, done.err)


def test_a_run_of_figures_that_cannot_be_leaves_those_of_others_as_they_are(tmp_path: Path) -> None:
    """A CSV of zeros, a usage of 10²⁵ tokens, a cost of 1e200: the other models' lines do not move."""
    rows = [*answers("a", "1" * 30 + "0" * 10, cost_usd=0.01), *answers("b", "10" * 20, cost_usd=0.01)]
    write(tmp_path / "alone", rows)
    absurd = {"completion_tokens": 10**25, "cost_usd": 1e200, "latency_s": math.inf, "decode_tps": -1.0}
    write(tmp_path / "beside", [*rows, *answers("c", "1" * 40, **absurd)])
    write(tmp_path / "beside", answers("zero", "1" * 40, completion_tokens=0, prompt_tokens=0, run_id="zero"))
    with connect(tmp_path / "alone") as alone, connect(tmp_path / "beside") as beside:
        (before,), (after,) = (load_standings(con).by("suite") for con in (alone, beside))
    for model in ("a", "b"):
        assert replace(after.of(model) or before.lines[0], rank=None) == replace(
            before.of(model) or after.lines[0], rank=None
        )
    c = after.of("c")
    assert c is not None
    assert (c.quality, c.cost_usd, c.decode_tps, c.latency_p50_s) == (1.0, None, None, None)


any_row = st.fixed_dictionaries({name: st.sampled_from(extremes(field)) for name, field in FIELDS.items()})


@settings(max_examples=25, deadline=None)
@given(any_row)
def test_a_checked_row_is_possible_and_says_what_was_dropped(values: dict[str, Any]) -> None:
    row = checked_row(ResultRow(**values))
    assert checked_row(row) is row, "there is nothing left to check"
    pa.Table.from_pylist([{name: getattr(row, name) for name in FIELDS}], schema=arrow_schema())
    for name, field in FIELDS.items():
        value, before = getattr(row, name), values[name]
        if field.base in (int, float) and value is not None:
            assert field.bounds.low <= value <= field.bounds.high
        if field.base in (int, float) and before is not None and value != before:
            assert name in row.metrics
        elif field.base is not str:
            assert value == before


@pytest.mark.parametrize("seed", range(4))
def test_rows_of_extremes_alone_break_no_view(tmp_path: Path, seed: int) -> None:
    rng, rows = random.Random(seed), []
    for one in answers("a", "10x-" * 4) + answers("b", "01x-" * 4):
        columns = [name for name in FIELDS if rng.random() < 0.3]
        rows.append(replace(one, **{name: rng.choice(extremes(FIELDS[name])) for name in columns}))
    (ours if seed % 2 else foreign)(tmp_path, {"run": rows})
    with connect(tmp_path) as con:
        standings = load_standings(con)
        read_examples(con)
        for (name,) in con.execute("SELECT schema || '.' || name FROM (SHOW ALL TABLES)").fetchall():
            con.execute(f"SELECT count(*) FROM (SELECT DISTINCT * FROM {name})").fetchall()
        install(con)
        for name in filter(lambda view: is_empty(con, view), PUBLIC):
            assert con.execute(f"SELECT count(*) FROM {name}").fetchone() == (0,), name
    for boards in standings.boards.values():
        for standing in (s for b in boards for s in b.lines):
            for value in (
                standing.quality,
                standing.cost_per_task,
                standing.reliability,
                standing.seconds_per_solved,
            ):
                assert value is None or (math.isfinite(value) and value >= 0), standing


@pytest.mark.parametrize("name", [n for n, field in OF_COMPLETION.items() if field.base in (int, float)])
def test_what_an_engine_says_is_checked_and_noted(name: str) -> None:
    field = OF_COMPLETION[name]
    for value in EXTREMES[field.base]:
        possible = checked_completion(replace(Completion(), **{name: value}))
        kept = getattr(possible, name)
        assert kept is None or field.bounds.low <= kept <= field.bounds.high
        assert (name in possible.notes.get("dropped", ())) == (kept != value)
        assert checked(possible) == (possible, {})
