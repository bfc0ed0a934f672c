"""Small repositories with a history, made by a script: a dozen commits each, in Rust and in Go."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from harness.sandbox import python_files


@dataclass(frozen=True)
class Step:
    """A commit: its message, the files that it writes, those that it takes away or renames."""

    message: str
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    gone: Sequence[str] = ()
    moved: Mapping[str, str] = field(default_factory=dict)


def git(folder: Path, *arguments: str) -> str:
    env = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Ada Writer", "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_COMMITTER_NAME": "Ada Writer", "GIT_COMMITTER_EMAIL": "ada@example.org",
        "GIT_AUTHOR_DATE": "2026-03-01T12:00:00Z", "GIT_COMMITTER_DATE": "2026-03-01T12:00:00Z",
    }  # fmt: skip
    done = subprocess.run(
        ["git", "-c", "protocol.file.allow=always", *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def write_repository(folder: Path, steps: Sequence[Step]) -> Path:
    """A repository with one commit a step, the first one first."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    for step in steps:
        commit(folder, step)
    return folder


def commit(folder: Path, step: Step) -> str:
    """Commit a step on what is there; its id."""
    for old, new in step.moved.items():
        (folder / new).parent.mkdir(parents=True, exist_ok=True)
        git(folder, "mv", old, new)
    for path, text in step.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    for path in step.gone:
        (folder / path).unlink()
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", step.message)
    return git(folder, "rev-parse", "HEAD")


# --- Rust: a small library of intervals ---------------------------------------------------------

_RUST_LIB = """\
//! Closed intervals of whole numbers.

/// From `start` to `end`, both of them in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub start: i64,
    pub end: i64,
}

impl Interval {
    pub fn new(start: i64, end: i64) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }
"""
_RUST_CONTAINS = """
    pub fn contains(&self, point: i64) -> bool {
        self.start <= point && point < self.end
    }
"""
_RUST_LENGTH = """
    pub fn length(&self) -> i64 {
        self.end - self.start + 1
    }
"""
_RUST_OVERLAPS = """
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }
"""
_RUST_TESTS = """
#[cfg(test)]
mod tests {
    use super::*;

    fn interval(start: i64, end: i64) -> Interval {
        Interval::new(start, end).unwrap()
    }

    #[test]
    fn an_empty_one_is_none() {
        assert!(Interval::new(2, 1).is_none());
    }
"""
_RUST_MERGE = """
/// All intervals, with those that overlap made one.
pub fn merged(mut intervals: Vec<Interval>) -> Vec<Interval> {
    intervals.sort_by_key(|interval| interval.start);
    let mut result: Vec<Interval> = Vec::new();
    for next in intervals {
        match result.last_mut() {
            Some(last) if last.overlaps(&next) => last.end = last.end.max(next.end),
            _ => result.push(next),
        }
    }
    result
}
"""
_RUST_MERGE_TOUCHING = _RUST_MERGE.replace("last.overlaps(&next)", "next.start <= last.end.saturating_add(1)")


def _rust(*methods: str, functions: str = "", tests: str = "") -> str:
    return f"{_RUST_LIB}{''.join(methods)}}}\n{functions}{_RUST_TESTS}{tests}}}\n"


_CONTAINS_FIXED = _RUST_CONTAINS.replace("point < self.end", "point <= self.end")
_ENDS = """
    #[test]
    fn both_ends_are_in_it() {
        assert!(interval(1, 3).contains(1) && interval(1, 3).contains(3));
    }
"""
_LENGTH_TEST = """
    #[test]
    fn the_length_counts_both_ends() {
        assert_eq!(interval(1, 3).length(), 3);
    }
"""
_OVERLAP_TEST = """
    #[test]
    fn neighbours_do_not_overlap() {
        assert!(!interval(1, 2).overlaps(&interval(3, 4)));
        assert!(interval(1, 3).overlaps(&interval(3, 4)));
    }
"""
_MERGE_FILE = """\
use intervals::{merged, Interval};

fn all(pairs: &[(i64, i64)]) -> Vec<Interval> {
    pairs.iter().map(|&(start, end)| Interval::new(start, end).unwrap()).collect()
}

#[test]
fn overlapping_ones_become_one() {
    assert_eq!(merged(all(&[(5, 9), (1, 6)])), all(&[(1, 9)]));
}

#[test]
fn others_stay_apart() {
    assert_eq!(merged(all(&[(1, 2), (5, 9)])), all(&[(1, 2), (5, 9)]));
}
"""
_TOUCHING = """
#[test]
fn touching_ones_become_one() {
    assert_eq!(merged(all(&[(1, 2), (3, 4)])), all(&[(1, 4)]));
    assert_eq!(merged(all(&[(1, i64::MAX), (3, 4)])), all(&[(1, i64::MAX)]));
}
"""
RUST: Sequence[Step] = (
    Step("Start with intervals that are never empty", {
        "Cargo.toml": '[package]\nname = "intervals"\nversion = "0.1.0"\nedition = "2021"\n',
        ".gitignore": "target\nCargo.lock\n",
        "src/lib.rs": _rust(),
    }),
    Step("Whether a point lies in an interval", {"src/lib.rs": _rust(_RUST_CONTAINS)}),
    Step("fix: the last point of an interval is in it too (#12)\n\nReported by a user of the calendar.\n\n"
         "Signed-off-by: Ada Writer <ada@example.org>",
         {"src/lib.rs": _rust(_CONTAINS_FIXED, tests=_ENDS)}),
    Step("Add a README", {"README.md": "# Intervals\n"}),
    Step("Length of an interval, counting both of its ends",
         {"src/lib.rs": _rust(_CONTAINS_FIXED, _RUST_LENGTH, tests=_ENDS + _LENGTH_TEST)}),
    Step("wip", {"src/lib.rs": _rust(_CONTAINS_FIXED, _RUST_LENGTH, _RUST_OVERLAPS,
                                     tests=_ENDS + _LENGTH_TEST + _OVERLAP_TEST)}),
    Step("More tests of lengths", {"tests/lengths.rs": "#[test]\nfn one_point() {\n    "
         "assert_eq!(intervals::Interval::new(4, 4).unwrap().length(), 1);\n}\n"}),
    Step("Merge intervals that overlap into one", {
        "src/lib.rs": _rust(_CONTAINS_FIXED, _RUST_LENGTH, _RUST_OVERLAPS, functions=_RUST_MERGE,
                            tests=_ENDS + _LENGTH_TEST + _OVERLAP_TEST),
        "tests/merging.rs": _MERGE_FILE,
    }),
    Step("Version 0.2.0", {
        "Cargo.toml": '[package]\nname = "intervals"\nversion = "0.2.0"\nedition = "2021"\n'}),
    Step("Touching intervals are merged as well, up to the largest number", {
        "src/lib.rs": _rust(_CONTAINS_FIXED, _RUST_LENGTH, _RUST_OVERLAPS, functions=_RUST_MERGE_TOUCHING,
                            tests=_ENDS + _LENGTH_TEST + _OVERLAP_TEST),
        "tests/merging.rs": _MERGE_FILE + _TOUCHING,
    }),
    Step("Describe the merging in the README", {"README.md": "# Intervals\n\nThey can be merged.\n"}),
    Step("Sorting is stable, say the comments", {
        "src/lib.rs": _rust(_CONTAINS_FIXED, _RUST_LENGTH, _RUST_OVERLAPS,
                            functions=_RUST_MERGE_TOUCHING.replace("made one.", "made one, by their starts."),
                            tests=_ENDS + _LENGTH_TEST + _OVERLAP_TEST),
        "tests/merging.rs": _MERGE_FILE + _TOUCHING + "\n// more to come\n",
    }),
)  # fmt: skip

# --- Go: a small package of words ---------------------------------------------------------------

_GO_COUNT = """\
// Package words counts what is in a text.
package words

import "strings"

// Count counts the words of a text.
func Count(text string) int {
\treturn len(strings.Split(text, " "))
}
"""
_GO_FIELDS = _GO_COUNT.replace('strings.Split(text, " ")', "strings.Fields(text)")
_GO_LONGEST = """
// Longest gives the longest word of a text, the first of several.
func Longest(text string) string {
\tlongest := ""
\tfor _, word := range strings.Fields(text) {
\t\tif len(word) > len(longest) {
\t\t\tlongest = word
\t\t}
\t}
\treturn longest
}
"""
_GO_RUNES = _GO_LONGEST.replace(
    "len(word) > len(longest)", "utf8.RuneCountInString(word) > utf8.RuneCountInString(longest)"
)
_GO_TOP = """\
package words

import (
\t"sort"
\t"strings"
)

// Top gives the n most frequent words, equal ones by the alphabet.
func Top(text string, n int) []string {
\tcounts := map[string]int{}
\tfor _, word := range strings.Fields(strings.ToLower(text)) {
\t\tcounts[word]++
\t}
\twords := make([]string, 0, len(counts))
\tfor word := range counts {
\t\twords = append(words, word)
\t}
\tsort.Slice(words, func(a, b int) bool {
\t\tif counts[words[a]] != counts[words[b]] {
\t\t\treturn counts[words[a]] > counts[words[b]]
\t\t}
\t\treturn words[a] < words[b]
\t})
\treturn words[:n]
}
"""
_GO_BOUNDED = _GO_TOP.replace("words[:n]", "words[:min(n, len(words))]")
_GO_TEST = """\
package words

import "testing"

func TestCount(t *testing.T) {
\tfor text, want := range map[string]int{"one": 1, "one two": 2%s} {
\t\tt.Run(text, func(t *testing.T) {
\t\t\tif got := Count(text); got != want {
\t\t\t\tt.Errorf("%%q has %%d words, not %%d", text, want, got)
\t\t\t}
\t\t})
\t}
}
"""
_GO_LONGEST_TEST = """
func TestLongest(t *testing.T) {
\tif got := Longest("a bcd ef"); got != "bcd" {
\t\tt.Error(got)
\t}
}
"""
_GO_RUNES_TEST = """
func TestLongestCountsLetters(t *testing.T) {
\tif got := Longest("äöü abcd"); got != "abcd" {
\t\tt.Error(got)
\t}
}
"""
_GO_TOP_TEST = """\
package words

import (
\t"strings"
\t"testing"
)

func TestTop(t *testing.T) {
\tif got := strings.Join(Top("b a b c", 2), " "); got != "b a" {
\t\tt.Error(got)
\t}
}
"""
_GO_TOP_FEW = """
func TestTopOfFewWords(t *testing.T) {
\tif got := Top("b", 3); len(got) != 1 {
\t\tt.Error(got)
\t}
}
"""
_SPACES = ', "": 0, " two  words\\n": 2'
_GO_UTF8 = _GO_FIELDS.replace('import "strings"', 'import (\n\t"strings"\n\t"unicode/utf8"\n)')
GO: Sequence[Step] = (
    Step("Count words", {
        "go.mod": "module example.org/words\n\ngo 1.22\n",
        "words.go": _GO_COUNT,
        "words_test.go": _GO_TEST % "",
    }),
    Step("Say what this is", {"README.md": "# words\n"}),
    Step("Count no empty words between two spaces, nor in an empty text\n\n"
         "See https://example.org/issues/7 and 0a1b2c3d4e.\nCo-authored-by: Bob <bob@example.org>",
         {"words.go": _GO_FIELDS, "words_test.go": _GO_TEST % _SPACES}),
    Step("Longest word of a text", {"words.go": _GO_FIELDS + _GO_LONGEST}),
    Step("Test the longest word", {"words_test.go": _GO_TEST % _SPACES + _GO_LONGEST_TEST}),
    Step("fix the longest word: letters are counted, not bytes", {
        "words.go": _GO_UTF8 + _GO_RUNES,
        "words_test.go": _GO_TEST % _SPACES + _GO_LONGEST_TEST + _GO_RUNES_TEST,
    }),
    Step("update", {"words.go": _GO_UTF8 + _GO_RUNES + "\n// Words are separated by spaces.\n"}),
    Step("Most frequent words, in the order of the alphabet where they are equal",
         {"top.go": _GO_TOP, "top_test.go": _GO_TOP_TEST}),
    Step("Most frequent words of a text that has fewer than asked for",
         {"top.go": _GO_BOUNDED, "top_test.go": _GO_TOP_TEST + _GO_TOP_FEW}),
    Step("Keep the frequencies in a package of their own", moved={
        "top.go": "frequent/top.go", "top_test.go": "frequent/top_test.go"},
         files={"frequent/top.go": _GO_BOUNDED.replace("package words", "package frequent"),
                "frequent/top_test.go": (_GO_TOP_TEST + _GO_TOP_FEW).replace(
                    "package words", "package frequent")}),
    Step("A licence", {"LICENSE": "None.\n"}),
    Step("A newer Go", {"go.mod": "module example.org/words\n\ngo 1.23\n"}),
)  # fmt: skip

# --- Python: a small package below src/, whose history has what trips miners ----------------------

_PY_QUEUE = '''\
"""A queue by priority."""

import heapq


class Queue:
    def __init__(self):
        self._items = []

    def push(self, item, priority=0):
        heapq.heappush(self._items, (priority, item))

    def pop(self):
        return heapq.heappop(self._items)[1]
'''
_PY_ORDERED = (
    _PY_QUEUE.replace("        self._items = []\n", "        self._items = []\n        self._pushed = 0\n")
    .replace("(priority, item))", "(priority, self._pushed, item))\n        self._pushed += 1")
    .replace("[1]\n", "[2]\n")
)
_PY_TEST = """\
import pytest

from queues.queue import Queue


@pytest.mark.parametrize("items", [[3, 1, 2], [object()]], ids=["numbers", "one"])
def test_all_that_was_pushed_comes_out(items):
    queue = Queue()
    for item in items:
        queue.push(item, 1)
    assert len([queue.pop() for _ in items]) == len(items)
"""
_PY_EQUAL = """

def test_equal_priorities_keep_their_order():
    import version

    queue = Queue()
    for item in "ba":
        queue.push(item)
    assert [queue.pop(), queue.pop()] == ["b", "a"] and version.MINOR == 2
"""
_PY_NETWORK = """\
import socket

from queues.net import answer


def test_network():
    socket.create_connection(("127.0.0.1", 9), 1)
    assert answer() == 42
"""
PYTHON: Sequence[Step] = (
    Step("A queue by priority", {
        "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "-x --strict-markers"\n',
        "src/queues/__init__.py": "", "src/queues/queue.py": _PY_QUEUE, "tests/test_queue.py": _PY_TEST,
        "version.py": "MAJOR = 1\r\nMINOR = 1\r\n", "data.py": b"\xff\x00\n", "logo.png": b"\x89PNG\x00",
    }),
    Step("Equal priorities come out in the order in which they were pushed\n\nSee #4.", {
        "src/queues/queue.py": _PY_ORDERED, "version.py": "MAJOR = 1\r\nMINOR = 2\r\n",
        "tests/test_queue.py": _PY_TEST + _PY_EQUAL}),
    Step("Ask the answer of a server on the network", {
        "src/queues/net.py": "def answer():\n    return 42\n", "tests/test_net.py": _PY_NETWORK}),
    Step("Large files lie in another store now", {
        "src/queues/table.py": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n",
        "tests/test_table.py": "def test_table():\n    import queues.table\n"}),
)  # fmt: skip


def small_python(folder: Path) -> Path:
    """A virtual environment with pytest and nothing else: quick to start. The path of its interpreter."""
    site = folder / f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"
    for name in ("pytest", "_pytest", "pluggy", "iniconfig", "packaging", "pygments"):
        (home,) = find_spec(name).submodule_search_locations  # type: ignore[union-attr, misc]
        shutil.copytree(home, site / name)
    (folder / "bin").mkdir()
    (folder / "bin/python").symlink_to(python_files.program())
    (folder / "pyvenv.cfg").write_text(f"home = {python_files.program().parent}\n")
    return folder / "bin/python"
