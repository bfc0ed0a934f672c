from __future__ import annotations

import subprocess
import tracemalloc
from itertools import islice
from pathlib import Path

from harness.git import borrowed
from harness.suites.mining.history import MOST_FILES, Commit, history
from tests.repositories import Step, commit, git, write_repository


def commits(repository: Path, **how: str) -> list[Commit]:
    with borrowed(repository) as theirs:
        return list(history(theirs.git, theirs.head, **how))


def test_what_a_commit_did_whatever_its_files_are_called(tmp_path: Path) -> None:
    name = "a b\té\"'{1 => 2}.py"
    repository = write_repository(tmp_path / "r", [
        Step("First", {name: "1\n2\n3\n4\n", "data.bin": b"\x00\x01", ":x": "colon\n"}),
        Step("Second\n\n:100644 no change\n1\t2\tneither\n", {name: "1\n2\n3\n5\n", "data.bin": b"\x00\x02"}),
        Step("Third", moved={name: "moved.py"}, gone=["data.bin"]),
    ])  # fmt: skip
    third, second, first = commits(repository)
    assert [len(c.parents) for c in (third, second, first)] == [1, 1, 0]
    assert {c.path: (c.lines, c.old is None, c.new is None) for c in first.changes} == {
        name: (4, True, False), "data.bin": (None, True, False), ":x": (1, True, False),
    }  # fmt: skip
    assert {c.path: c.lines for c in second.changes} == {name: 2, "data.bin": None}
    assert {c.path: (c.lines, c.new is None) for c in third.changes} == {
        name: (0, True), "moved.py": (0, False), "data.bin": (None, True),
    }  # fmt: skip
    assert second.message == "Second\n\n:100644 no change\n1\t2\tneither\n"
    assert (second.date, second.people) == ("2026-03-01", ("Ada Writer", "Ada Writer"))


def test_merges_have_two_parents_and_no_changes(tmp_path: Path) -> None:
    repository = write_repository(tmp_path / "r", [Step("First", {"a": "1\n"})])
    git(repository, "checkout", "-q", "-b", "side")
    commit(repository, Step("Side", {"b": "1\n"}))
    git(repository, "checkout", "-q", "main")
    commit(repository, Step("Main", {"c": "1\n"}))
    git(repository, "merge", "-q", "--no-edit", "side")
    merge = commits(repository)[0]
    assert (len(merge.parents), merge.changes) == (2, ())


def test_only_what_touches_a_path_or_is_not_too_old(tmp_path: Path) -> None:
    repository = write_repository(tmp_path / "r", [
        Step("One", {"a/x": "1\n"}), Step("Two", {"b/x": "1\n"}), Step("Both", {"a/x": "2\n", "b/x": "2\n"}),
    ])  # fmt: skip
    with borrowed(repository) as theirs:
        touching = list(history(theirs.git, theirs.head, paths=["b"]))
    assert [c.message.strip() for c in touching] == ["Both", "Two"]
    assert {c.path for c in touching[0].changes} == {"a/x", "b/x"}
    assert len(commits(repository, since="2026-02-28")) == 3 and not commits(repository, since="2026-03-02")


def test_ten_thousand_commits_are_read_one_at_a_time(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main", "r")
    stream = b"".join(
        b"commit refs/heads/main\ncommitter A <a@b.c> %d +0000\ndata 400\n%s\n%s\n"
        % (1_700_000_000 + n, b"m" * 400, b"M 100644 inline f\ndata 5\n%05d\n" % n if n % 20 == 0 else b"")
        for n in range(10_000)
    )
    subprocess.run(["git", "fast-import", "--quiet"], cwd=tmp_path / "r", input=stream, check=True)
    with borrowed(tmp_path / "r") as theirs:
        assert sum(1 for _ in history(theirs.git, theirs.head)) == 10_000
        tracemalloc.start()
        assert sum(1 for _ in islice(history(theirs.git, theirs.head), 1000)) == 1000  # and git is ended
        assert tracemalloc.get_traced_memory()[1] < 6 << 20
        tracemalloc.stop()


def test_of_a_huge_commit_the_beginning_is_kept(tmp_path: Path) -> None:
    files = {f"f{n:04}": "x\n" for n in range(MOST_FILES + 20)}
    repository = write_repository(tmp_path / "r", [Step("Everything", files)])
    (everything,) = commits(repository)
    assert MOST_FILES - 1 <= len(everything.changes) <= MOST_FILES and everything.files > MOST_FILES
