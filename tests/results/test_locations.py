"""Object storage as Arrow shows it; a folder stands in for the bucket, a real server in tests/external."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.fs as fs
import pyarrow.parquet as pq
import pytest

from harness.errors import ResultsError, UnknownName
from harness.results import locations
from harness.results.database import connect
from harness.results.locations import Remote, Storage
from harness.results.manifests import read_manifests
from harness.results.objects import Folder
from harness.results.observations import ObservationLog, read_observations
from harness.results.runs import choose_runs
from tests.results.test_observations import CALL
from tests.rows import answers, row, write

OLD, NEW = "20261101-120000-aaaa", "20261102-120000-bbbb"


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder behind ``s3://bucket``."""
    system = fs.SubTreeFileSystem(str(tmp_path), fs.LocalFileSystem())
    monkeypatch.setattr(Storage, "_system", system)
    monkeypatch.setattr(locations, "objects_at", lambda where: Folder(_behind(where, tmp_path)))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "bucket"
    folder.mkdir()
    return folder


def _behind(where: Path | str, folder: Path) -> Path:
    return where if isinstance(where, Path) else folder / where.removeprefix("s3://")


def place(url: str = "s3://bucket/team/results/") -> Remote:
    return Remote(Storage(url))


def test_rows_of_chosen_runs_are_those_of_the_same_folder(bucket: Path) -> None:
    folder = bucket / "team" / "results"
    write(folder, [*answers("a", "110x-", run_id=OLD), *answers("b", "01", run_id=NEW)])
    (folder / NEW / "_journal.jsonl").write_text("left by a copy that was made too early")
    assert choose_runs(place(), ["latest"]) == [NEW]
    assert choose_runs(place(), ["all"]) == choose_runs(place(), ["20261101", "latest"]) == [OLD, NEW]
    for runs in (["all"], [OLD]):
        with connect(folder, runs) as local, connect(place(), runs) as remote:
            columns = local.execute("SELECT column_name, column_type FROM (DESCRIBE results)").fetchall()
            assert (
                remote.execute("SELECT column_name, column_type FROM (DESCRIBE results)").fetchall()
                == columns
            )
            rows = local.execute("FROM results ORDER BY ALL").fetchall()
            assert remote.execute("FROM results ORDER BY ALL").fetchall() == rows
    with pytest.raises(UnknownName, match="no run 'x' in s3://bucket/team/results"):
        choose_runs(place(), ["x"])


def test_a_column_that_old_parts_lack_is_null(bucket: Path) -> None:
    write(bucket, [row(run_id=OLD, busy_s=1.0), row(run_id=NEW, busy_s=2.0)])
    part = bucket / OLD / "part-00000.parquet"
    pq.write_table(pq.read_table(part, partitioning=None).drop_columns(["busy_s"]), part)
    with connect(place("s3://bucket")) as con:
        assert con.execute("SELECT busy_s FROM results ORDER BY run_id").fetchall() == [(None,), (2.0,)]


def test_manifests_and_observations_are_read_where_they_lie(bucket: Path) -> None:
    write(bucket, [row(run_id=OLD), row(run_id=NEW)])
    (bucket / NEW / "_manifest.json").write_text(json.dumps({"run_id": NEW, "host": "Ω"}), "utf-8")
    with ObservationLog(bucket) as closed:
        closed.append(CALL)
    ObservationLog(bucket).append(CALL)  # one of a process that was killed
    there = place("s3://bucket")
    assert choose_runs(there, ["all"]) == [OLD, NEW]
    assert read_manifests(there, [NEW, OLD]) == [{"run_id": NEW, "host": "Ω"}, {"run_id": OLD}]
    assert read_observations(there) == [CALL, CALL]


def test_what_is_wrong_is_one_line(bucket: Path) -> None:
    with pytest.raises(ResultsError, match=r"no results in s3://bucket/team/results yet; copy .* there"):
        connect(place())
    write(bucket, [row(run_id=OLD)])
    part = bucket / OLD / "part-00000.parquet"
    whole = pq.read_table(part, partitioning=None)
    pq.write_table(whole.replace_schema_metadata({"harness.schema_version": "99"}), part)
    with pytest.raises(
        ResultsError, match=rf"{OLD}/part-00000\.parquet has schema version 99, this one reads"
    ):
        connect(place("s3://bucket"))
    part.write_bytes(b"PAR1 not really")
    with pytest.raises(ResultsError) as error:
        connect(place("s3://bucket"))
    assert str(error.value).startswith("cannot read s3://bucket: ")
    assert "\n" not in str(error.value)
