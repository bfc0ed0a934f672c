"""Runs are copied file by file, and what is wrong with one is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from harness.results.compaction import compact
from harness.results.copying import Copied, copy
from harness.results.objects import Folder
from harness.results.rewriting import rewrite
from harness.results.store import RunWriter
from harness.results.verification import verify
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.results.test_compaction import RUN, SAMPLES, Memory, Stopped, visible, write_parts
from tests.results.test_compaction import files as files
from tests.results.test_locations import bucket as bucket
from tests.rows import answers


def test_a_copy_that_is_stopped_goes_on(files: dict[str, bytes]) -> None:
    """After each change at the target; readers there see whole parts alone."""
    for stop in range(len(files)):
        source, target, left = Memory(files), Memory({}), stop

        def kill() -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise Stopped

        target.after = kill
        with pytest.raises(Stopped):
            copy(source, target, RUN)
        target.after = lambda: None
        assert copy(source, target, RUN) == Copied(len(files) - stop - 1, stop + 1)
        assert visible(target) == Counter(SAMPLES)
        assert target.files == files
    compact(target, RUN)
    assert copy(source, target, RUN) == Copied(0, len(files))
    assert visible(target) == Counter(SAMPLES)


def test_what_is_there_with_other_content_is_left_alone(harness: Harness, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    write_parts(here, [answers("a", "10", run_id=RUN)])
    assert harness("results", "copy", str(here), str(there)).code == 0
    rewrite(here, RUN, lambda rows: [*reversed(rows)])
    done = harness("results", "copy", str(here), str(there))
    assert done.code == 1
    assert f"{RUN}/part-00000.parquet first; --replace overwrites" in done.err
    assert harness("results", "copy", str(here), str(there), "--replace").code == 0
    assert (there / RUN / "part-00000.parquet").read_bytes() == (
        here / RUN / "part-00000.parquet"
    ).read_bytes()


def test_results_go_to_a_storage_and_back(harness: Harness, bucket: Path, tmp_path: Path) -> None:
    results, back = str(tmp_path / "results"), str(tmp_path / "back")
    write_parts(Path(results), [[one] for one in answers("a", "1010", run_id=RUN)])
    assert harness("results", "copy", results, "s3://bucket/team").code == 0
    assert harness("results", "compact", "--results", "s3://bucket/team").out.startswith(
        f"{RUN}: 4 parts → 1"
    )
    assert harness("results", "verify", "--results", "s3://bucket/team").code == 0
    assert harness("results", "copy", "s3://bucket/team", back).code == 0
    tables = [harness("standings", "--results", place).out for place in (results, "s3://bucket/team", back)]
    assert len(set(tables)) == 1


def _cut(part: Path) -> None:
    part.write_bytes(part.read_bytes()[:-20])


def _flip(part: Path) -> None:
    content = bytearray(part.read_bytes())
    content[60] ^= 1
    part.write_bytes(content)


def _strange(part: Path) -> None:
    pq.write_table(pq.read_table(part, partitioning=None).drop_columns(["model"]), part)


def _of_another_run(part: Path) -> None:
    with RunWriter(part.parent.parent, "other") as writer:
        writer.append(answers("b", "1", run_id="other")[0])
    (part.parent.parent / "other" / "part-00000.parquet").replace(part)


def _version(part: Path) -> None:
    table = pq.read_table(part, partitioning=None).replace_schema_metadata({"harness.schema_version": "0"})
    pq.write_table(table, part)


@pytest.mark.parametrize(
    ("harm", "text"),
    [
        (_cut, "cannot be read"),
        (_flip, "cannot be read"),
        (_strange, "its column 'model' lacks values"),
        (_of_another_run, "has rows of another run, other"),
        (_version, "it has another schema version"),
    ],
)
def test_what_is_wrong_is_found(tmp_path: Path, harm: Callable[[Path], None], text: str) -> None:
    write_parts(tmp_path, [[one] for one in answers("a", "10", run_id=RUN)])
    (tmp_path / RUN / "_manifest.json").write_text("{}")
    assert verify(Folder(tmp_path), RUN).findings == ()
    harm(tmp_path / RUN / "part-00001.parquet")
    (finding,) = verify(Folder(tmp_path), RUN).findings
    assert (finding.file, finding.wrong) == (f"{RUN}/part-00001.parquet", True)
    assert text in finding.text


def test_what_does_no_harm_is_told_apart(tmp_path: Path, harness: Harness) -> None:
    rows = answers("a", "10", run_id=RUN)
    write_parts(tmp_path, [rows, rows[:1]])
    (tmp_path / RUN / "notes.txt").write_text("mine")
    (tmp_path / RUN / "_part-00007.parquet.tmp").write_text("left")
    done = harness("results", "verify", "--results", str(tmp_path))
    assert done.code == 0
    for text in (
        "is missing",
        "notes.txt: is not of harness",
        "tmp: was left",
        "1 sample have more than one",
    ):
        assert text in done.out
    compact(Folder(tmp_path), RUN)
    assert verify(Folder(tmp_path), RUN).rows == 2
