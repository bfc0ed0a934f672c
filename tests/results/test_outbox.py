"""Runs that are written to a storage: parts are whole, and what is not sent is kept.

A folder stands in for the bucket; a real server is in ``tests/external``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.errors import HarnessWarning, ResultsError
from harness.results.database import connect
from harness.results.locations import objects_of
from harness.results.objects import Folder
from harness.results.observations import ObservationLog, read_observations
from harness.results.outbox import SentRunWriter, local_folder, run_writer
from harness.results.rewriting import rewrite
from harness.runner.finished import finished
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.results.test_locations import bucket as bucket
from tests.results.test_locations import place
from tests.results.test_observations import CALL
from tests.rows import answers

RUN = "20261101-120000-aaaa"
ROWS = answers("a", "1010", run_id=RUN)
SAMPLES = {one.sample_id for one in ROWS}


def outbox() -> list[str]:
    folder = local_folder(place())
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing can be written there."""

    def refuse(*given: Any, **how: Any) -> None:
        raise ResultsError("cannot use s3://bucket/team/results: no connection")

    monkeypatch.setattr(Folder, "put", refuse)


def append(rows: list[Any], run: str = RUN, at_end: Callable[[], None] = lambda: None) -> None:
    with run_writer(place(), run) as writer:
        writer.write_manifest({"run_id": run, "status": "done"})
        for one in rows:
            writer.append(one)
        at_end()


def test_a_run_is_written_part_by_part(bucket: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SentRunWriter, "part_s", 0.0)
    append(ROWS[:3])
    append(ROWS[3:])
    names = sorted(path.name for path in (bucket / "team" / "results" / RUN).glob("[!.]*"))
    assert [name[:11] for name in names] == ["_manifest.j", *(f"part-{n:05d}-" for n in range(4))]
    assert outbox() == []
    assert finished(place(), RUN).samples == SAMPLES
    with connect(place()) as con:
        assert con.execute("SELECT count(*) FROM results").fetchall() == [(4,)]


def test_what_cannot_be_sent_is_kept_and_sent_later(bucket: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as gone:
        with pytest.raises(ResultsError, match=f"no connection; not sent: 1 part of {RUN}; harness"):
            append(ROWS, at_end=lambda: broken(gone))
        with pytest.raises(ResultsError, match="no connection"):
            append(ROWS, run="20261102-120000-bbbb")
    assert finished(place(), RUN).samples == set()
    append([], run="20261103-120000-cccc")
    assert finished(place(), RUN).samples == SAMPLES


def test_what_a_kill_leaves_is_sent_by_the_next_who_writes(bucket: Path) -> None:
    writer = SentRunWriter(place(), RUN)
    for one in ROWS:
        writer.append(one)
    left = local_folder(place()) / RUN / "_journal.jsonl"
    killed = left.read_bytes()
    writer.close()
    for part in (bucket / "team" / "results" / RUN).glob("part-*"):
        part.unlink()
    left.parent.mkdir()
    left.write_bytes(killed)
    append(ROWS[:1])
    assert finished(place(), RUN).samples == SAMPLES
    assert outbox() == []


def test_an_end_in_pieces_tells_of_what_is_kept(bucket: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What ended the run stays what is reported."""

    def interrupted() -> None:
        broken(monkeypatch)
        raise KeyboardInterrupt

    with pytest.warns(HarnessWarning, match="not sent"), pytest.raises(KeyboardInterrupt):
        append(ROWS, at_end=interrupted)


def test_verdicts_and_calls_are_written_there_too(bucket: Path) -> None:
    append(ROWS)
    before = [entry.name for entry in objects_of(place()).list(RUN)]
    assert rewrite(place(), RUN, lambda rows: [replace(one, passed=True) for one in rows]) == 2
    with connect(place()) as con:
        assert con.execute("SELECT count(*), count(*) FILTER (passed) FROM results").fetchall() == [(4, 4)]
    assert len([*objects_of(place()).list(RUN)]) == len(before)
    with ObservationLog(place()) as log:
        log.append(CALL)
    assert read_observations(place()) == [CALL]
    assert outbox() == []


def test_a_run_and_an_import_go_to_a_storage(harness: Harness, bucket: Path, tmp_path: Path) -> None:
    there = "s3://bucket/team/results"
    done = harness("run", "--suite", "structured", "--models", "oracle", "--limit", "3", "--results", there)
    assert done.code == 0, done.err
    (folder,) = (bucket / "team" / "results").iterdir()
    names = sorted(path.name for path in folder.glob("[!.]*"))
    assert names[0] == "_manifest.json" and names[1] == "_run.log" and len(names) == 3
    assert json.loads((folder / "_manifest.json").read_text())["status"] == "done"
    assert harness("run", "--resume", folder.name, "--results", there).code == 0
    assert sorted(path.name for path in folder.glob("[!.]*")) == names, "nothing was missing"
    table = tmp_path / "table.csv"
    table.write_text("suite,task_id,model,passed\nx,1,m,true\nx,2,m,false\n")
    assert harness("import", "results", str(table), "--results", there).code == 0
    assert "m" in harness("standings", "--results", there).out
    for command in (("reprice",), ("regrade",)):
        assert harness(*command, "--results", there).code == 0
