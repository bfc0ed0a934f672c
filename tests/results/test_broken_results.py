"""What a kill, a full disk or somebody else left in a results folder: one line for it, and all else stays."""

from __future__ import annotations

import errno
import json
import os
import random
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness.analysis.board import Board
from harness.analysis.standings import load_boards
from harness.errors import HarnessError, HarnessWarning, ResultsError
from harness.reporting.sections.reproduce import commands
from harness.reporting.sections.rounds import rounds
from harness.resultrow import ResultRow
from harness.results import store
from harness.results.database import reading
from harness.results.manifests import read_manifests
from harness.results.observations import ObservationLog, read_observations
from harness.results.rewriting import rewrite
from harness.results.store import RunWriter, recover
from harness.runner.finished import finished, verdicts
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.results.test_observations import CALL
from tests.rows import answers, write

SOUND, BROKEN = "20261101-120000-aaaa", "20261102-120000-bbbb"
PART = "part-00000.parquet"


def journal_of(rows: list[ResultRow], results: Path) -> bytes:
    """The journal of a run that is under way."""
    with RunWriter(results, BROKEN) as writer:
        for one in rows:
            writer.append(one)
        return (results / BROKEN / "_journal.jsonl").read_bytes()


def damaged(data: bytes, rng: random.Random) -> bytes:
    """The bytes with some cut off, turned, overwritten or put in."""
    changed, at = bytearray(data), rng.randrange(len(data))
    match rng.randrange(5):
        case 0:
            del changed[at:]
        case 1:
            changed[at] ^= 1 << rng.randrange(8)
        case 2:
            changed[at : at + 40] = bytes(40)
        case 3:
            changed[at:at] = rng.randbytes(6)
        case _:
            del changed[at : at + rng.randrange(1, 300)]
    return bytes(changed)


# --- kills and full disks ----------------------------------------------------


def test_a_journal_cut_at_any_byte_gives_every_whole_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answers are of 1 to 4 bytes a character, so that many cuts are inside of one."""
    monkeypatch.setattr(os, "fsync", lambda file: None)
    rows = [one for text in ("aé€😀" * 3, "plain", "😀") for one in answers(text, "10x", output=text)]
    whole = journal_of(rows, tmp_path / "whole")
    folder = tmp_path / "cut" / BROKEN
    folder.mkdir(parents=True)
    for cut in random.Random(1).sample(range(len(whole)), 200):
        (folder / PART).unlink(missing_ok=True)
        (folder / "_journal.jsonl").write_bytes(whole[:cut])
        recover(tmp_path / "cut")
        kept = max(0, whole[:cut].count(b"\n") - 1)
        assert len(finished(tmp_path / "cut", BROKEN).samples) == kept
        assert not (folder / "_journal.jsonl").exists()


def test_a_failed_append_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full in the middle of a row, now and then; the rows between are whole."""
    real, rng = store._write_all, random.Random(2)
    rows = answers("a😀", "1" * 60)
    kept = set()
    with RunWriter(tmp_path, BROKEN) as writer:
        for one in rows:
            fails = rng.random() < 0.3

            def write_some(fd: int, data: bytes, fails: bool = fails) -> None:
                real(fd, data[: rng.randrange(len(data))] if fails else data)
                if fails:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

            monkeypatch.setattr(store, "_write_all", write_some)
            if fails:
                with pytest.raises(ResultsError, match="No space left"):
                    writer.append(one)
            else:
                writer.append(one)
                kept.add(one.sample_id)
        monkeypatch.setattr(store, "_write_all", real)
        lines = (tmp_path / BROKEN / "_journal.jsonl").read_bytes().splitlines()
        assert len(lines) == 1 + len(kept)
    assert finished(tmp_path, BROKEN).samples == kept


# --- results of others -------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [
        "/elsewhere/x.parquet",
        "../part-00000.parquet",
        "part-00000.parquet/../../x",
        "_lock",
        "",
        None,
        7,
        ["x"],
    ],
)
def test_a_journal_whose_part_lies_elsewhere_is_refused(tmp_path: Path, part: Any, harness: Harness) -> None:
    results = tmp_path / "results"
    write(results, answers("a", "10", run_id=SOUND))
    journal = journal_of(answers("b", "11", run_id=BROKEN), tmp_path / "other").splitlines(keepends=True)
    (results / BROKEN).mkdir()
    head = json.dumps({"part": part, "schema_version": 1}).encode() + b"\n"
    (results / BROKEN / "_journal.jsonl").write_bytes(b"".join([head, *journal[1:]]))
    before = sorted(path for path in tmp_path.rglob("*"))
    done = harness("query", "SELECT count(*) AS n FROM results", "--format", "csv")
    assert (done.code, done.out) == (0, "n\n2\n")
    assert "_journal.jsonl:1: names no part of this run; move the file away" in done.err
    assert {p for p in set(tmp_path.rglob("*")) - set(before) if p.name != "_lock"} == set()
    with pytest.raises(ResultsError, match="names no part of this run"):
        RunWriter(results, BROKEN)


@pytest.mark.parametrize("name", ["_lock", "_journal.jsonl", "_manifest.json", "_run.log", f"_{PART}.tmp"])
@pytest.mark.parametrize("there", [True, False])
def test_nothing_is_written_through_a_link_in_a_run(tmp_path: Path, name: str, there: bool) -> None:
    write(tmp_path / "results", answers("a", "10", run_id=SOUND))
    victim = tmp_path / "victim"
    if there:
        victim.write_text("precious")
    link = tmp_path / "results" / SOUND / name
    link.unlink(missing_ok=True)
    link.symlink_to(victim)
    try:
        recover(tmp_path / "results")
        rewrite(tmp_path / "results", SOUND, lambda rows: [replace(one, cost_usd=1.0) for one in rows])
    except ResultsError as error:
        assert "is a link to another file; remove it" in str(error)
    assert (victim.read_text() if there else victim.exists()) == ("precious" if there else False)


def _boards(results: Path) -> tuple[Board, ...]:
    return reading(results, None, lambda con: load_boards(con, "suite", percentiles=False))["suite"]


def test_damaged_parts_cost_their_run_and_no_other(tmp_path: Path) -> None:
    """Whatever is turned or cut in a part: its run is read or left out, and every reader ends in one line."""
    write(tmp_path, answers("a", "10" * 5, run_id=SOUND))
    write(tmp_path, answers("b", "1" * 10, run_id=BROKEN, suite="other", cost_usd=0.1, output="Ω" * 9))
    part = tmp_path / BROKEN / PART
    whole, left_out = part.read_bytes(), 0
    readers: list[Callable[[], object]] = [
        lambda: finished(tmp_path, BROKEN),
        lambda: list(verdicts(tmp_path, BROKEN)),
        lambda: rewrite(tmp_path, BROKEN, lambda rows: rows),
    ]
    for seed in range(6):
        part.write_bytes(damaged(whole, random.Random(seed)))
        with warnings.catch_warnings(record=True) as caught:
            boards = {board.name: board for board in _boards(tmp_path)}
        assert [(s.model, s.n, s.passed) for s in boards["math"].lines] == [("a", 10, 5.0)]
        said = [str(one.message) for one in caught if issubclass(one.category, HarnessWarning)]
        assert all("\n" not in line and BROKEN in line for line in said)
        left_out += bool(said)
        for read in readers:
            try:
                read()
            except HarnessError as error:
                assert "\n" not in str(error)
    assert left_out > 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda t: t.drop_columns(["latency_s"]), "lacks the column 'latency_s'"),
        (lambda t: _as(t, "passed", pa.string()), "the column 'passed' has the type VARCHAR"),
        (lambda t: _as(t, "task_id", pa.binary()), "the column 'task_id' has the type BLOB"),
        (lambda t: t.append_column("x", pa.array([[1]] * len(t))), None),
        (lambda t: _as(t, "repeat", pa.float64()), None),
        (lambda t: _as(t, "cost_usd", pa.float32()), None),
        (lambda t: _as(t, "prompt_tokens", pa.uint64()), None),
        (lambda t: t.select(list(reversed(t.column_names))), None),
        (lambda t: t.slice(0, 0), None),
        (lambda t: t.replace_schema_metadata({}), "has schema version none, this one reads 1"),
    ],
)
def test_parts_of_another_shape_cost_their_run_and_no_other(
    tmp_path: Path, harness: Harness, change: Callable[[Any], Any], why: str | None
) -> None:
    results = tmp_path / "results"
    write(results, answers("a", "10", run_id=SOUND) + answers("b", "11", run_id=BROKEN))
    part = results / BROKEN / PART
    pq.write_table(change(pq.read_table(part, partitioning=None)), part)
    done = harness("query", "SELECT DISTINCT model FROM results WHERE run_id = '20261101-120000-aaaa'")
    assert (done.code, "a" in done.out) == (0, True), done.err
    assert (f"run {BROKEN} is left out" in done.err) == (why is not None)
    assert (why or "") in done.err
    assert harness("query", "SELECT 1", "--run", BROKEN).code == (1 if why else 0)


def _as(table: Any, name: str, kind: Any) -> Any:
    values = table[name].to_pylist()
    if kind == pa.string():
        values = list(map(str, values))
    elif kind == pa.binary():
        values = [str(value).encode() for value in values]
    return table.set_column(table.column_names.index(name), name, pa.array(values, kind))


def test_damaged_manifests_are_left_out(tmp_path: Path) -> None:
    """What reads manifests later can rely on their shape: no damage, and no other value, gets through."""
    cut = {"suite": "s", "model": "m", "why": "behind", "after": 3, "decided": True, "quality": 0.1}
    manifest = {
        "run_id": BROKEN,
        "status": "done",
        "selection": {"suites": "all", "models": "all", "limit": None, "repeats": 1, "seed": 0},
        "rounds": {
            "format": "race", "samples": 9, "saved": 3, "cuts": [{**cut, "leader_quality": 0.9}],
            "undecided": [{"suite": "s", "leader": "m", "rivals": ["n"]}],
        },
        "machine": {"processor": "p", "cores": 2, "memory_gb": 4.0, "gpu": None},
        "harness_version": "1", "git_sha": None,
    }  # fmt: skip
    path = tmp_path / BROKEN / "_manifest.json"
    path.parent.mkdir()
    whole = json.dumps(manifest)
    texts = [damaged(whole.encode(), random.Random(seed)) for seed in range(300)]
    texts += [_with(manifest, random.Random(seed)).encode() for seed in range(300)]
    texts += [b"[" * 100_000, b"null", b"[]", b"\xff\xfe", b'{"run_id": "another"}']
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HarnessWarning)
        for text in texts:
            path.write_bytes(text)
            read = read_manifests(tmp_path, [BROKEN])
            assert read[0]["run_id"] == BROKEN
            rounds(read)
            commands(read)
    path.write_text(whole)
    assert read_manifests(tmp_path, [BROKEN]) == [manifest]
    assert len(rounds([manifest])) == 3


def _with(manifest: dict[str, Any], rng: random.Random) -> str:
    """The manifest with another value in a random place."""
    copy = json.loads(json.dumps(manifest))
    at: Any = copy
    while True:
        key = rng.choice(list(at) if isinstance(at, dict) else range(len(at)))
        if not isinstance(at[key], dict | list) or not at[key] or rng.random() < 0.3:
            at[key] = rng.choice([None, -1, 1e300, "x", [], {}, [None], {"x": 1}, True, 10**30])
            return json.dumps(copy)
        at = at[key]


def test_damaged_journals_lose_the_damaged_lines_alone(tmp_path: Path) -> None:
    whole = journal_of(answers("a", "10" * 10, output="aé€😀"), tmp_path / "whole")
    folder = tmp_path / "results" / BROKEN
    folder.mkdir(parents=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HarnessWarning)
        for seed in range(60):
            for name in (PART, "_journal.jsonl"):
                (folder / name).unlink(missing_ok=True)
            journal = damaged(whole, random.Random(seed))
            (folder / "_journal.jsonl").write_bytes(journal)
            recover(tmp_path / "results")
            head, *lines = journal.split(b"\n")[:-1]
            unharmed = len(set(lines) & set(whole.split(b"\n")[1:-1]))
            kept = len(finished(tmp_path / "results", BROKEN).samples)
            assert kept >= unharmed if whole.startswith(head) else (folder / "_journal.jsonl").exists()


def test_damaged_calls_are_left_out(tmp_path: Path) -> None:
    with ObservationLog(tmp_path) as log:
        for score in range(10):
            log.append(replace(CALL, score=float(score)))
    (part,) = (tmp_path / "observations").iterdir()
    whole = part.read_bytes()
    lines = b"\n".join([b'{"model": "m"}', b"[1]", b"{", b'{"timestamp": "soon"}', b""])
    part.with_name("calls-other.jsonl").write_bytes(lines)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HarnessWarning)
        assert len(read_observations(tmp_path)) == 10
        for seed in range(40):
            part.write_bytes(damaged(whole, random.Random(seed)))
            assert len(read_observations(tmp_path)) <= 10
