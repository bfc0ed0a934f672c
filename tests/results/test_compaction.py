"""Small parts become few: whatever is killed, comes late or is done twice, every sample is there once."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Condition, Thread
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.errors import HarnessWarning
from harness.resultrow import ResultRow
from harness.results import database
from harness.results.compaction import Compacted, compact
from harness.results.database import connect, reading
from harness.results.locations import parts_of
from harness.results.objects import Folder, Listed, Objects, Stored
from harness.results.parts import covered_by, current, superseded
from harness.results.rewriting import rewrite
from harness.results.store import RunWriter, parquet_bytes, table_of
from harness.runner.finished import finished
from tests.rows import answers, row

RUN = "20261101-120000-aaaa"
ROWS = answers("a", "10" * 2, run_id=RUN)
SAMPLES = [one.sample_id for one in ROWS]


class Stopped(Exception):
    """The process was killed."""


class Memory:
    """Files in memory; ``before`` and ``after`` are called at each operation."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = dict(files)
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None

    def get(self, name: str) -> Stored | None:
        self.before()
        content = self.files.get(name)
        return None if content is None else Stored(content, str(hash(content)), 0.0)

    def put(self, name: str, content: bytes, over: str | None = None) -> str | None:
        self.before()
        if name in self.files:
            return None
        self.files[name] = content
        self.after()
        return "tag"

    def list(self, folder: str = "") -> Iterator[Listed]:
        self.before()
        yield from [Listed(name, len(self.files[name]), "", 0.0) for name in sorted(self.files)]

    def delete(self, name: str) -> None:
        self.before()
        self.files.pop(name, None)
        self.after()


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Parts of a run, a row each, and what lies beside them."""
    parts = {f"{RUN}/part-{n:05d}.parquet": parquet_bytes(table_of([one])) for n, one in enumerate(ROWS)}
    return {**parts, f"{RUN}/_manifest.json": b"{}", f"{RUN}/items/one.json": b"{}"}


def parts_in(memory: Memory) -> list[str]:
    return [name for name in memory.files if "part-" in name]


def visible(memory: Memory) -> Counter[str]:
    """How often each sample is read."""
    parts = {
        name.rpartition("/")[2]: io.BytesIO(data) for name, data in memory.files.items() if "part-" in name
    }
    covers = {name: covered_by(name, pq.read_metadata(file).metadata) for name, file in parts.items()}
    return Counter(
        sample
        for name in current(covers)
        for sample in pq.read_table(parts[name], columns=["sample_id"])["sample_id"].to_pylist()
    )


def test_a_kill_at_any_moment_leaves_every_sample_once(files: dict[str, bytes]) -> None:
    """Before each operation of a compaction and after each change; the next compaction ends it."""
    counting, operations = Memory(files), 0

    def count() -> None:
        nonlocal operations
        operations += 1

    counting.before = counting.after = count
    assert compact(counting, RUN) == Compacted(4, 1, 4)
    assert len(parts_in(counting)) == 1
    for stop in range(operations):
        memory, left = Memory(files), stop

        def kill() -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise Stopped

        memory.before = memory.after = kill
        with pytest.raises(Stopped):
            compact(memory, RUN)
        assert visible(memory) == Counter(SAMPLES)
        memory.before = memory.after = lambda: None
        compact(memory, RUN)
        assert visible(memory) == Counter(SAMPLES)
        assert parts_in(memory) == parts_in(counting)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 2), max_size=40), st.integers(0, len(ROWS) - 1))
def test_two_compactions_and_a_writer_at_once_lose_nothing(
    files: dict[str, bytes], schedule: list[int], late: int
) -> None:
    """Their operations come in any order; no sample is ever lost, and at last each is there once."""
    written_late = f"{RUN}/part-{late:05d}.parquet"
    memory = Memory({name: part for name, part in files.items() if name != written_late})
    turns, at, ended = Condition(), iter(schedule), set[int]()
    on_turn = 0

    def wait(me: int) -> None:
        nonlocal on_turn
        with turns:
            turns.wait_for(lambda: on_turn == me or on_turn in ended)
            on_turn = next(at, me)
            turns.notify_all()

    def work(me: int, task: Callable[[Objects], object]) -> None:
        mine = Memory({})
        mine.files, mine.before, mine.after = memory.files, lambda: wait(me), lambda: None
        try:
            task(mine)
        finally:
            with turns:
                ended.add(me)
                turns.notify_all()

    tasks: list[Callable[[Objects], object]] = [
        lambda objects: compact(objects, RUN),
        lambda objects: compact(objects, RUN),
        lambda objects: objects.put(written_late, files[written_late]),
    ]
    threads = [Thread(target=work, args=(n, task)) for n, task in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(visible(memory)) == set(SAMPLES)
    compact(memory, RUN)
    assert visible(memory) == Counter(SAMPLES)


NAMES = [f"part-{n:05d}.parquet" for n in range(5)]


@given(st.sets(st.sampled_from(NAMES)), st.lists(st.sets(st.sampled_from(NAMES), min_size=1), max_size=4))
def test_what_counts_has_all_rows_and_what_is_deleted_is_not_missed(
    plain: set[str], merges: list[set[str]]
) -> None:
    covers = {
        **{name: frozenset([name]) for name in plain},
        **{f"part-00009-m{n:016x}.parquet": frozenset(parts) for n, parts in enumerate(merges)},
    }
    everything = set().union(*covers.values())
    assert set().union(*(covers[part] for part in current(covers))) == everything
    gone = superseded(covers)
    left = {part: names for part, names in covers.items() if part not in gone}
    assert set().union(*left.values()) == everything
    assert gone.isdisjoint(current(covers)) or len(current(left)) <= len(current(covers))
    if all(a <= b or b <= a or not a & b for a in covers.values() for b in covers.values()):
        counted = Counter(name for part in current(covers) for name in covers[part])
        assert set(counted.values()) <= {1}


# --- in a folder -------------------------------------------------------------


def write_parts(results: Path, parts: list[list[ResultRow]]) -> None:
    for rows in parts:
        with RunWriter(results, RUN) as writer:
            for one in rows:
                writer.append(one)


def samples(results: Path) -> Counter[str]:
    with connect(results) as con:
        return Counter(dict(con.execute("SELECT sample_id, count(*) FROM results GROUP BY ALL").fetchall()))


def test_a_run_goes_on_while_it_is_compacted(tmp_path: Path) -> None:
    """Numbers of parts that are gone are not used again, not even by the journal of a killed process."""
    rows = answers("a", "10" * 4, run_id=RUN)
    write_parts(tmp_path, [[one] for one in rows[:4]])
    with RunWriter(tmp_path, RUN) as writer:
        writer.append(rows[4])
        journal = (tmp_path / RUN / "_journal.jsonl").read_bytes()
        assert compact(Folder(tmp_path), RUN) == Compacted(4, 1, 4)
        writer.append(rows[5])
    (tmp_path / RUN / "_journal.jsonl").write_bytes(journal)  # as if it was killed after its part was written
    assert compact(Folder(tmp_path), RUN) == Compacted(2, 1, 6)
    write_parts(tmp_path, [rows[6:]])
    assert samples(tmp_path) == Counter(one.sample_id for one in rows)
    assert finished(tmp_path, RUN).samples == {one.sample_id for one in rows}
    assert compact(Folder(tmp_path), RUN) == Compacted(2, 1, 8)
    assert compact(Folder(tmp_path), RUN) == Compacted(1, 1, 0)
    assert [part.name for part in parts_of(tmp_path / RUN)] == [
        *{p.name for p in (tmp_path / RUN).glob("part-*")}
    ]


def test_rows_of_one_part_are_those_of_many(tmp_path: Path) -> None:
    rows = answers("a", "1x0-" * 3, run_id=RUN, output="aé€😀") + answers("b", "10", run_id=RUN, cost_usd=0.1)
    write_parts(tmp_path, [rows[:5], rows[5:9], [*rows[9:], rows[9]]])  # a sample that came twice
    part = tmp_path / RUN / "part-00000.parquet"
    older = pq.read_table(part, partitioning=None).drop_columns(["busy_s"])
    pq.write_table(older, part)
    with connect(tmp_path) as con:
        before = con.execute("SELECT DISTINCT * FROM results ORDER BY ALL").fetchall()
    assert compact(Folder(tmp_path), RUN).after == 1
    with connect(tmp_path) as con:
        assert con.execute("FROM results ORDER BY ALL").fetchall() == before


def test_verdicts_of_parts_that_were_compacted_can_be_given_again(tmp_path: Path) -> None:
    rows = answers("a", "1111", run_id=RUN)
    write_parts(tmp_path, [[one] for one in rows])
    compact(Folder(tmp_path), RUN)
    assert rewrite(tmp_path, RUN, lambda old: [replace(one, passed=False) for one in old]) == 4
    with connect(tmp_path) as con:
        assert con.execute("SELECT count(*), count(*) FILTER (passed) FROM results").fetchall() == [(4, 0)]
    write_parts(tmp_path, [[row(run_id=RUN, sample_id="later")]])
    assert compact(Folder(tmp_path), RUN) == Compacted(2, 1, 5)
    with connect(tmp_path) as con:
        assert con.execute("SELECT count(*), count(*) FILTER (passed) FROM results").fetchall() == [(5, 1)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda t: t.append_column("x", [[1]]), "this version does not know its column 'x'"),
        (lambda t: t.replace_schema_metadata({}), "it has another schema version"),
        (lambda t: t.drop_columns(["model"]), "its column 'model' lacks values"),
        (None, "cannot be read"),
    ],
)
def test_what_would_lose_something_stays_as_it_is(
    tmp_path: Path, change: Callable[[pa.Table], pa.Table] | None, why: str
) -> None:
    write_parts(tmp_path, [[one] for one in answers("a", "101", run_id=RUN)])
    part = tmp_path / RUN / "part-00001.parquet"
    if change is None:
        part.write_bytes(part.read_bytes()[:-40])
    else:
        pq.write_table(change(pq.read_table(part, partitioning=None)), part)
    content = part.read_bytes()
    with pytest.warns(HarnessWarning, match=f"{RUN}/part-00001.parquet stays as it is: .*{why}"):
        assert compact(Folder(tmp_path), RUN).after == 3
    assert part.read_bytes() == content


def test_a_reader_that_listed_before_a_compaction_lists_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = answers("a", "1010", run_id=RUN)
    write_parts(tmp_path, [[one] for one in rows])

    def compacted_meanwhile(folder: Path) -> Any:
        paths = parts_of(folder)
        compact(Folder(tmp_path), RUN)
        return paths

    monkeypatch.setattr(database, "parts_of", compacted_meanwhile)
    assert samples(tmp_path) == Counter(one.sample_id for one in rows)

    def work(con: duckdb.DuckDBPyConnection) -> list[tuple[str]]:
        if len(parts_of(tmp_path / RUN)) > 1:
            compact(Folder(tmp_path), RUN)
        return con.execute("SELECT DISTINCT output FROM results").fetchall()

    monkeypatch.undo()
    write_parts(tmp_path, [[row(run_id=RUN, sample_id="later", output="new")]])
    assert ("new",) in reading(tmp_path, None, work)
