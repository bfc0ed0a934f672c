from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from harness.errors import ResultsError, UnknownName
from harness.resultrow import ResultRow
from harness.results import store
from harness.results.database import connect
from harness.results.rewriting import rewrite
from harness.results.runs import choose_runs
from harness.results.store import RunWriter, arrow_schema, recover
from harness.runner.finished import finished
from tests.rows import row

WRITER = """
import sys, time
from pathlib import Path
from harness.runner.finished import finished
from harness.results.store import RunWriter
from tests.rows import row
writer = RunWriter(Path(sys.argv[1]), "run")
for number in range(100_000):
    writer.append(row(sample_id=f"s{number}", output="x" * 500))
    print(number, flush=True)
"""


def count(results: Path) -> int:
    with connect(results) as con:
        (number,) = con.execute("SELECT count(*) FROM results").fetchone() or (0,)
    return int(number)


def test_the_schema_has_the_columns_of_the_record_in_order() -> None:
    schema = arrow_schema()
    assert schema.names == [field.name for field in fields(ResultRow)]
    assert str(schema.field("passed").type) == "bool"
    assert str(schema.field("cost_usd").type) == "double"
    assert schema.field("cost_usd").nullable
    assert not schema.field("run_id").nullable


def test_rows_come_back_as_they_went_in(tmp_path: Path) -> None:
    rows = [
        row(sample_id="a", cost_usd=None, output="Ω \x00 \ud800 \u202e", passed=None, status="error"),
        row(sample_id="b", cost_usd=0.25, metrics='{"x": 1}'),
    ]
    with RunWriter(tmp_path, "run") as writer:
        for one in rows:
            writer.append(one)
    with connect(tmp_path) as con:
        back = [ResultRow(*values) for values in con.execute("FROM results ORDER BY sample_id").fetchall()]
    assert back == [replace(rows[0], output="Ω \x00 ? \u202e"), rows[1]]
    assert len(pd.read_parquet(tmp_path)) == 2, "dataset readers see the parts and nothing else"


def test_batches_become_parts_and_a_second_writer_appends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PART_ROWS", 3)
    for start in (0, 7):
        with RunWriter(tmp_path, "run") as writer:
            for number in range(start, start + 7):
                writer.append(row(sample_id=str(number)))
    parts = sorted(part.name for part in (tmp_path / "run").glob("*.parquet"))
    assert parts == [f"part-{n:05d}.parquet" for n in range(6)]
    assert finished(tmp_path, "run").samples == {str(n) for n in range(14)}


def test_kill_9_loses_no_row_that_was_counted(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    counted = [int(process.stdout.readline()) for _ in range(500)][-1] + 1
    assert count_or_zero(tmp_path) == 0, "a run that is being written keeps its journal"
    process.kill()
    counted += len(process.stdout.read().splitlines())
    process.wait()
    assert process.returncode == -signal.SIGKILL
    recover(tmp_path)
    # one row may be on disk that the killed process had no time to count
    assert counted <= count(tmp_path) <= counted + 1
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == ["_lock", "part-00000.parquet"]


def count_or_zero(results: Path) -> int:
    try:
        return count(results)
    except ResultsError:
        return 0


def test_a_journal_whose_part_exists_is_not_read_twice(tmp_path: Path) -> None:
    with RunWriter(tmp_path, "run") as writer:
        writer.append(row(sample_id="a"))
        journal = (tmp_path / "run" / "_journal.jsonl").read_bytes()
    # as if the process had died between writing the part and removing the journal
    (tmp_path / "run" / "_journal.jsonl").write_bytes(journal)
    recover(tmp_path)
    assert count(tmp_path) == 1


def test_a_cut_last_line_is_dropped_and_the_rest_kept(tmp_path: Path) -> None:
    writer = RunWriter(tmp_path, "run")
    writer.append(row(sample_id="a"))
    journal = (tmp_path / "run" / "_journal.jsonl").read_bytes()
    writer.close()
    (tmp_path / "run" / "part-00000.parquet").unlink()
    (tmp_path / "run" / "_journal.jsonl").write_bytes(journal + b'["run", "b"')
    assert finished_after_recovery(tmp_path) == {"a"}


def finished_after_recovery(results: Path) -> set[str]:
    recover(results)
    return set(finished(results, "run").samples)


def test_one_run_has_one_writer_and_two_runs_do_not_disturb_each_other(tmp_path: Path) -> None:
    with RunWriter(tmp_path, "one") as first, RunWriter(tmp_path, "two") as second:
        with pytest.raises(ResultsError, match="run one is being written by another process"):
            RunWriter(tmp_path, "one")
        first.append(row(sample_id="a"))
        second.append(row(sample_id="b"))
        recover(tmp_path)
        second.append(row(sample_id="c"))
    assert (len(finished(tmp_path, "one").samples), len(finished(tmp_path, "two").samples)) == (1, 2)


def test_runs_are_chosen_by_id_beginning_latest_and_all(tmp_path: Path) -> None:
    for run in ("20260101-a", "20260102-b", "20260102-c"):
        with RunWriter(tmp_path, run) as writer:
            writer.append(row(run_id=run))
    assert choose_runs(tmp_path, ["latest"]) == ["20260102-c"]
    assert choose_runs(tmp_path, ["all"]) == ["20260101-a", "20260102-b", "20260102-c"]
    assert choose_runs(tmp_path, ["20260101", "latest"]) == ["20260101-a", "20260102-c"]
    with pytest.raises(UnknownName, match="more than one run begins with '20260102'"):
        choose_runs(tmp_path, ["20260102"])
    with pytest.raises(UnknownName, match="no run 'x'"):
        choose_runs(tmp_path, ["x"])


def test_an_empty_folder_says_how_to_fill_it(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match=r"no results in .* yet; `harness run"):
        connect(tmp_path)


def test_a_part_of_another_schema_version_is_refused_by_name(tmp_path: Path) -> None:
    with RunWriter(tmp_path, "run") as writer:
        writer.append(row())
    part = tmp_path / "run" / "part-00000.parquet"
    table = pq.read_table(part, partitioning=None)
    pq.write_table(table.replace_schema_metadata({"harness.schema_version": "99"}), part)
    with pytest.raises(ResultsError, match=r"part-00000\.parquet has schema version 99"):
        connect(tmp_path)


def test_parts_from_before_a_column_was_added_are_read_and_rewritten(tmp_path: Path) -> None:
    with RunWriter(tmp_path, "run") as writer:
        writer.append(row(cost_usd=0.5))
    part = tmp_path / "run" / "part-00000.parquet"
    pq.write_table(pq.read_table(part, partitioning=None).drop_columns(["busy_s", "broken_usd"]), part)
    with RunWriter(tmp_path, "run") as writer:
        writer.append(row(sample_id="b" * 16, broken_usd=0.25))
    with connect(tmp_path) as con:
        paid = con.execute("SELECT broken_usd FROM results ORDER BY ALL NULLS FIRST").fetchall()
    assert paid == [(None,), (0.25,)]
    assert rewrite(tmp_path, "run", lambda rows: [replace(one, cost_usd=1.0) for one in rows]) == 2
    assert pq.read_table(part, partitioning=None)["broken_usd"].to_pylist() == [None]


def test_a_broken_part_is_named_in_one_line(tmp_path: Path) -> None:
    with RunWriter(tmp_path, "run") as writer:
        writer.append(row())
    (tmp_path / "run" / "part-00000.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(ResultsError) as error:
        connect(tmp_path)
    assert "\n" not in str(error.value)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ResultsError, match="choose another folder with --results"):
        RunWriter(tmp_path / "file", "run")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_keeps_what_is_finished_and_names_resume(tmp_path: Path) -> None:
    with RunWriter(tmp_path, "run") as writer:
        writer.append(row(sample_id="a"))
        full = os.open("/dev/full", os.O_WRONLY)
        os.dup2(full, writer._journal)
        os.close(full)
        with pytest.raises(ResultsError, match=r"No space left .* continue with --resume run"):
            writer.append(row(sample_id="b"))
    assert finished(tmp_path, "run").samples == {"a"}
