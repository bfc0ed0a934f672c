from __future__ import annotations

from dataclasses import replace

import pytest

from harness.git import EXECUTABLE, FILE, LINK, SUBMODULE, Entry
from harness.runner.mining import files_of
from harness.suites.mining import choosing
from harness.suites.mining.choosing import Candidate, choose
from harness.suites.mining.history import MOST_FILES, Change, Commit

LANGUAGES = [files_of(name) for name in ("python", "rust", "go")]


def change(path: str, lines: int | None = 3, mode: str = FILE) -> Change:
    return Change(path, Entry(mode, "a" * 40), Entry(mode, "b" * 40), lines)


def commit(*changes: Change, message: str = "Handle empty input everywhere") -> Commit:
    return Commit(
        "c" * 40, ("p" * 40,), "t" * 40, "2026-03-01", ("Ada", "Ada"), message, changes, len(changes)
    )


CODE, TEST = change("src/queue.py"), change("tests/test_queue.py")


@pytest.mark.parametrize(
    ("looked_at", "reason"),
    [
        (commit(CODE), choosing.NO_TESTS),
        (commit(TEST), choosing.NO_CODE),
        (commit(TEST, change("README.md")), choosing.NO_CODE),
        (commit(TEST, change("pyproject.toml")), choosing.NO_CODE),
        (commit(CODE, TEST, message="wip"), choosing.MESSAGE),
        (commit(CODE, TEST, change("logo.dat", None)), choosing.BINARY),
        (commit(CODE, TEST, change("vendored", 2, SUBMODULE)), choosing.SUBMODULES),
        (commit(CODE, TEST, change("latest", 2, LINK)), choosing.LINKS),
        (commit(CODE, TEST, change("a`b.py")), choosing.NAMES),
        (commit(CODE, TEST, change("a\nb.py")), choosing.NAMES),
        (commit(change("src/queue.py", 301), TEST), "changes more than 300 lines of code"),
        (replace(commit(CODE, TEST), parents=()), choosing.FIRST),
        (replace(commit(CODE, TEST), parents=("a", "b")), choosing.MERGE),
        (replace(commit(CODE, TEST), files=MOST_FILES + 1), choosing.MANY),
        (commit(change("main.go"), change("README.md")), choosing.NO_TESTS),
    ],
)
def test_why_a_commit_is_no_task(looked_at: Commit, reason: str) -> None:
    assert choose(looked_at, LANGUAGES, 300) == reason


@pytest.mark.parametrize(
    ("paths", "language", "code"),
    [
        (["a.py", "a_test.py"], "python", ["a.py"]),
        (["pkg/a.py", "pkg/data.json", "pkg/tests/data/x.bin", "pkg/tests/test_a.py"], "python",
         ["pkg/a.py", "pkg/data.json"]),
        (["a.go", "a_test.go", "testdata/x"], "go", ["a.go"]),
        (["src/a.rs", "tests/a.rs"], "rust", ["src/a.rs"]),
        (["src/a.rs"], "rust", ["src/a.rs"]),  # its tests may stand in it
        (["tool.py", "src/a.rs", "tests/a.rs"], "rust", ["tool.py", "src/a.rs"]),
        (["a.py", "conftest.py", "test_a.py", "CHANGELOG.md"], "python", ["a.py"]),
    ],
)  # fmt: skip
def test_a_candidate_keeps_code_apart_from_tests_and_settings(
    paths: list[str], language: str, code: list[str]
) -> None:
    chosen = choose(commit(*map(change, paths)), LANGUAGES, 300)
    assert isinstance(chosen, Candidate) and chosen.files.language == language
    assert [one.path for one in chosen.code] == code


def test_binary_data_of_tests_and_programs_are_no_obstacle() -> None:
    chosen = choose(commit(change("a.py", 2, EXECUTABLE), TEST, change("tests/x.bin", None)), LANGUAGES, 300)
    assert isinstance(chosen, Candidate) and len(chosen.tests) == 2
