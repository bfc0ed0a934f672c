"""Git's objects are read; what a repository or its owner configured is not run, and nothing is changed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from harness.errors import RepositoryError
from harness.git import EXECUTABLE, FILE, LINK, SUBMODULE, Entry, borrowed, new_store, store
from tests.repositories import Step, commit, git, write_repository


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {"a.py": "one\n", "sub/b.txt": b"\xff\x00", "run.sh": "#!/bin/sh\n"}
    folder = write_repository(tmp_path / "theirs", [Step("First things", files)])
    (folder / "run.sh").chmod(0o755)
    (folder / "link").symlink_to("/etc/passwd")
    (folder / os.fsdecode(b"n\xe4me.txt")).write_text("x\n")
    git(folder, "update-index", "--add", "--cacheinfo", f"{SUBMODULE},{'1' * 40},module")
    git(folder, "add", "a.py", "run.sh", "link", os.fsdecode(b"n\xe4me.txt"))
    git(folder, "commit", "-q", "-m", "All kinds of entries")
    return folder


@pytest.mark.parametrize("place", [".", "sub", ".git"])
def test_history_is_found_from_anywhere_in_a_repository(repository: Path, place: str) -> None:
    with borrowed(repository / place) as theirs:
        assert theirs.head == git(repository, "rev-parse", "HEAD") and not theirs.shallow
        assert theirs.git.entries(theirs.head)["a.py"].mode == FILE


def test_what_is_no_history_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "nothing").mkdir()
    git(tmp_path / "empty", "init", "-q")
    for path, words in {
        "nothing": "is no git repository", "empty": "no commits", "missing": "no such folder",
        "https://example.org/a.git": "clone it first",
    }.items():  # fmt: skip
        with pytest.raises(RepositoryError, match=words), borrowed(tmp_path / path):
            pass


def test_every_kind_of_entry_is_written_and_no_link_is_followed(repository: Path, tmp_path: Path) -> None:
    with borrowed(repository) as theirs:
        entries = theirs.git.entries(theirs.head)
        (tmp_path / "out").mkdir()
        theirs.git.write(entries, tmp_path / "out")
    assert {entry.mode for entry in entries.values()} == {FILE, EXECUTABLE, LINK, SUBMODULE}
    assert (tmp_path / "out/sub/b.txt").read_bytes() == b"\xff\x00"
    assert os.access(tmp_path / "out/run.sh", os.X_OK) and not os.access(tmp_path / "out/a.py", os.X_OK)
    assert (tmp_path / "out/link").readlink() == Path("/etc/passwd")
    assert list((tmp_path / "out/module").iterdir()) == []
    assert (tmp_path / os.fsdecode(b"out/n\xe4me.txt")).read_text() == "x\n"


@pytest.mark.parametrize("name", ["..", ".git", ".GIT", "."])
def test_a_tree_that_leads_out_of_itself_is_refused(repository: Path, name: str) -> None:
    with borrowed(repository) as theirs:
        blob = theirs.git.entries(theirs.head)["a.py"].id
        raw = f"100644 {name}\0".encode() + bytes.fromhex(blob)
        written = subprocess.run(
            ["git", "hash-object", "-t", "tree", "-w", "--literally", "--stdin"],
            cwd=repository, input=raw, capture_output=True, check=True,
        )  # fmt: skip
        with pytest.raises(RepositoryError, match="leads out of it"):
            theirs.git.entries(written.stdout.decode().strip())


def test_nothing_that_a_repository_configures_is_run(repository: Path, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    script.chmod(0o755)
    for name in (
        "core.fsmonitor", "diff.external", "diff.evil.textconv", "filter.evil.smudge", "filter.evil.clean",
        "core.pager", "gpg.program", "core.alternateRefsCommand", "core.sshCommand",
    ):  # fmt: skip
        git(repository, "config", name, str(script))
    git(repository, "config", "log.showSignature", "true")
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        (repository / f".git/hooks/{hook}").write_text(script.read_text())
        (repository / f".git/hooks/{hook}").chmod(0o755)
    (repository / ".git/info").mkdir(exist_ok=True)
    (repository / ".git/info/attributes").write_text("* diff=evil filter=evil\n")
    before = {path: path.stat().st_mtime_ns for path in sorted(repository.rglob("*"))}
    with borrowed(repository) as theirs:
        list(theirs.git.stream("log", "-p", "-z", theirs.head))
        (tmp_path / "out").mkdir()
        theirs.git.write(theirs.git.entries(theirs.head), tmp_path / "out")
    assert not mark.exists()
    assert {path: path.stat().st_mtime_ns for path in sorted(repository.rglob("*"))} == before


def test_a_store_holds_what_it_took_and_needs_nobody_else(repository: Path, tmp_path: Path) -> None:
    with borrowed(repository) as theirs:
        tree = theirs.git.output("rev-parse", f"{theirs.head}^{{tree}}").decode().strip()
        own = new_store(tmp_path / "objects", tree)
        own.take(theirs.git, [tree])
        own.take(theirs.git, [tree])  # nothing is lacking any more
        entries = own.entries(tree)
        edited = own.add_tree({**entries, "new/c.py": Entry(FILE, own.add_file(b"c\n"))})
    for path in (repository / ".git/objects").rglob("*"):
        if path.is_file():
            path.unlink()
    again = store(tmp_path / "objects", tree)
    assert again.entries(edited).keys() == entries.keys() | {"new/c.py"}
    assert again.read([entries["a.py"].id]) == {entries["a.py"].id: b"one\n"}
    assert len(list((tmp_path / "objects/pack").glob("*.pack"))) == 1


def test_a_shallow_clone_ends_where_it_was_cut_off(repository: Path, tmp_path: Path) -> None:
    commit(repository, Step("A third one", {"a.py": "two\n"}))
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", str(tmp_path / "clone"))
    with borrowed(tmp_path / "clone") as theirs:
        assert theirs.shallow
        assert theirs.git.output("rev-list", theirs.head).split() == [theirs.head.encode()]
