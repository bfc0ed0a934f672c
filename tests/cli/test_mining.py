from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Harness
from tests.repositories import PYTHON, Step, git, write_repository

REMOTE = "models:\n  - {id: far, engine: openai, base_url: https://api.example.org/v1, model: m}\n"


def test_what_cannot_be_mined_is_one_line(harness: Harness, tmp_path: Path) -> None:
    write_repository(tmp_path / "untested", [Step("Start", {"a.py": "x = 1\n"})])
    git(tmp_path, "init", "-q", "empty")
    (tmp_path / "plain").mkdir()
    for repository, words in {
        "plain": "is no git repository", "empty": "has no commits", "missing": "there is no such folder",
        "untested": "has no tests in python, rust and go", "git@example.org:a/b.git": "clone it first",
    }.items():  # fmt: skip
        done = harness("suites", "mine", repository, "--into", "suites/own")
        assert (done.code, done.out) == (1, "") and words in done.err and done.err.count("\n") == 1, done.err
    assert not (tmp_path / "suites").exists()


def test_a_difference_is_sent_to_another_machine_only_where_that_is_said(
    harness: Harness, tmp_path: Path
) -> None:
    write_repository(tmp_path / "queues", PYTHON[:1])
    (tmp_path / "models.yaml").write_text(REMOTE)
    done = harness("suites", "mine", "queues", "--into", "suites/own", "--describe", "far")
    assert done.code == 1 and "another machine; say --allow-remote" in done.err


@pytest.mark.parametrize("into", ["suites/Not a name", "taken"])
def test_a_suite_needs_a_folder_of_its_own(harness: Harness, tmp_path: Path, into: str) -> None:
    write_repository(
        tmp_path / "words", [Step("Start", {"go.mod": "module w\n", "a_test.go": "package w\n"})]
    )
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken/notes.txt").write_text("mine\n")
    done = harness("suites", "mine", "words", "--into", into)
    assert done.code == 1 and "--into" in done.err
    assert (tmp_path / "taken/notes.txt").read_text() == "mine\n"
