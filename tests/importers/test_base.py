from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import HarnessError
from harness.importers.base import ImportedSuite, needs, task_id, write
from harness.suites import load_suite

SUITE = ImportedSuite(
    "python",
    "A suite, with a line\u2028separator.",
    ({"id": "a", "prompt": "x\u2028y", "grader": "exact", "reference": "1", "wrong": ["2"], "skip": "no"},),
)


def test_what_is_written_can_be_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "new"
    write(SUITE, folder)
    suite = load_suite(folder)
    assert (suite.name, suite.language, suite.licence) == ("new", "python", "see source")
    assert suite.tasks[0].messages[0].content == "x\u2028y"
    assert suite.tasks[0].skip == "no"
    assert [path.name for path in folder.parent.iterdir()] == ["new"]


def test_a_suite_is_replaced_only_by_force_and_anything_else_never(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    write(SUITE, folder)
    (folder / "notes.md").write_text("mine")
    with pytest.raises(HarnessError, match=r"holds a suite already; .* --force"):
        write(SUITE, folder)
    assert (folder / "notes.md").exists()
    write(SUITE, folder, force=True)
    assert not (folder / "notes.md").exists()
    (folder / "suite.yaml").unlink()
    with pytest.raises(HarnessError, match="exists and is no suite"):
        write(SUITE, folder, force=True)


def test_nothing_is_left_of_a_suite_that_cannot_be_written(tmp_path: Path) -> None:
    odd = ImportedSuite("python", "x", ({"id": object()},))
    with pytest.raises(TypeError):
        write(odd, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "expected"), [("HumanEval/12", "humaneval-12"), ("_Odd Name!_", "odd-name")]
)
def test_ids_become_what_suites_want(text: str, expected: str) -> None:
    assert task_id(text) == expected


def test_needs_names_each_package_once() -> None:
    assert needs([]) is None
    assert needs(["b", "a", "b"]) == "needs a, b, which is not installed in the sandbox"
