from __future__ import annotations

import compileall
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import ConfigError
from harness.graders.edits import apply, parse
from harness.trees import FILE_BYTES, FILES, as_answer, path_flaw, read_tree, write_tree

LINES = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\0", max_codepoint=0x3FF), max_size=12)
    | st.sampled_from(
        ["```", "````python", "~~~", "<<<<<<< SEARCH", "=======", ">>>>>>> REPLACE", "a/b.py", "    x"]
    ),
    max_size=6,
)
TEXTS = LINES.map(lambda lines: "".join(line.replace("\n", "") + "\n" for line in lines)).filter(
    lambda text: not text.lstrip().startswith("<<<<<<< SEARCH")  # which says what an answer is
)
NAMES = st.from_regex(r"[a-z_]{1,6}(\.[a-z]{1,3})?", fullmatch=True)
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join).filter(lambda path: path_flaw(path) is None)
TREES = st.dictionaries(PATHS, TEXTS, max_size=4).filter(
    lambda tree: not any(other.startswith(path + "/") for path in tree for other in tree)
)


@given(before=TREES, after=TREES)
@settings(max_examples=50)
def test_an_answer_makes_the_tree_that_it_was_made_of(before: dict[str, str], after: dict[str, str]) -> None:
    """Whatever files hold: fences, blocks' marks, nothing at all."""
    if any(other.startswith(path + "/") for path in before for other in after):
        return
    answer = as_answer(before, after)
    if before == after:
        assert answer == ""
    else:
        assert apply(before, parse(answer, before)) == after


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd", "../up.py", "a/../../b", "a//b", "./a", "a/", "", "~/x", "C:/x", "a\0b", "a\nb",
        "a\\b", "a`b", 'a"b',        ".git/config",
        "x/.git/hooks/y", "a" * 201, "é" * 150, "b/" * 120 + "c", "a\u202eb", " a", "a/ b",
    ],
)  # fmt: skip
def test_what_is_no_path_within_a_tree(path: str) -> None:
    assert path_flaw(path)


@pytest.mark.parametrize(
    "path", ["a", "src/lib.rs", "a b/c.py", ".github/x.yml", "ü.txt", "a-b_c+d@e/[id].ts"]
)
def test_what_is_a_path_within_a_tree(path: str) -> None:
    assert path_flaw(path) is None


def test_a_tree_comes_back_from_the_disk(tmp_path: Path) -> None:
    tree = {"a.py": "x\n", "b/c.txt": "", "b/d/é.md": "ü\n"}
    write_tree(tree, tmp_path)
    assert read_tree(tmp_path) == tree
    assert read_tree(tmp_path / "nowhere") == {}


def test_byte_code_is_no_part_of_a_tree(tmp_path: Path) -> None:
    tree = {"a.py": "x = 1\n", "b/c.py": ""}
    write_tree(tree, tmp_path)
    assert compileall.compile_dir(tmp_path, quiet=1)  # as pip does
    assert len(list(tmp_path.rglob("*.pyc"))) == len(tree)
    assert read_tree(tmp_path) == tree


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"a\0b\n", "is binary"),
        (b"a\r\nb\r\n", "has CRLF line ends"),
        (b"no end", "lacks a line end"),
        (b"x" * (FILE_BYTES + 1), "is larger than"),
    ],
)
def test_files_that_are_no_text_are_refused_by_name(tmp_path: Path, content: bytes, complaint: str) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    with pytest.raises(ConfigError, match=rf"bad\.txt: {complaint}"):
        read_tree(tmp_path)


def test_links_and_pipes_are_refused_unread(tmp_path: Path) -> None:
    for name, make in (
        ("file", lambda path: path.symlink_to("/etc/passwd")),
        ("folder", lambda path: path.symlink_to("/etc")),
        ("circle", lambda path: path.symlink_to(path)),
        ("pipe", os.mkfifo),
    ):
        folder = tmp_path / name
        folder.mkdir()
        make(folder / "x")
        with pytest.raises(ConfigError, match="x: is a link or no regular file"):
            read_tree(folder)


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    for number in range(FILES + 1):
        (tmp_path / str(number)).write_text("")
    with pytest.raises(ConfigError, match="at most 200 are allowed"):
        read_tree(tmp_path)
