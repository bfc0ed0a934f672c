"""Which commits can become tasks, as far as that can be seen without running anything, and why others cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.git import LINK, SUBMODULE
from harness.suites.mining.history import MOST_FILES, Change, Commit
from harness.suites.mining.message import says_something, task_words
from harness.trees import path_flaw

DOCUMENTS = (".md", ".rst", ".txt", ".adoc")  # never part of what is asked for
MERGE = "is a merge"
FIRST = "has no parent here"
MANY = f"changes more than {MOST_FILES} files"
MESSAGE = "its message does not say what is to be done"
NO_TESTS = "changes no tests"
NO_CODE = "changes no code"
SUBMODULES = "changes a submodule"
LINKS = "changes a link"
BINARY = "changes a file that is no text"
NAMES = "changes a file whose name no answer can write"
LFS = "changes a file that lies in Git LFS"
NOTHING_RUNS = "its tests do not run here"
SLOW = "its tests take too long"
NONE_BEGINS = "no test fails before it and passes after it"
FLAKY = "its tests are flaky"
NO_ROOM = "its files are more than a prompt may hold"
QUOTED = "its description quotes the solution"
NO_ANSWER = "it cannot be written as an answer"


@dataclass(frozen=True, slots=True)
class LanguageFiles:
    """How the files of a language are told apart."""

    language: str
    suffix: str
    is_test: Callable[[str], bool]
    is_setting: Callable[[str], bool]
    inline: bool  # tests may stand in files of code


@dataclass(frozen=True, slots=True)
class Candidate:
    """A commit that changes code and tests of one language. ``words`` are what its message asks for."""

    commit: Commit
    files: LanguageFiles
    words: str
    code: tuple[Change, ...]  # with data that belongs to it; no documentation
    tests: tuple[Change, ...]


def choose(commit: Commit, languages: Sequence[LanguageFiles], max_lines: int) -> Candidate | str:
    """The candidate that a commit is, or in a few words why it is none."""
    if len(commit.parents) != 1:
        return MERGE if commit.parents else FIRST
    if commit.files > MOST_FILES:
        return MANY
    best = max(languages, key=lambda files: _weight(commit, files))
    tests = tuple(change for change in commit.changes if best.is_test(change.path))
    code = tuple(
        change
        for change in commit.changes
        if not best.is_test(change.path)
        and not best.is_setting(change.path)
        and not change.path.lower().endswith(DOCUMENTS)
    )
    own = [change for change in code if change.path.endswith(best.suffix)]
    words = task_words(commit.message, commit.people)
    if not tests and not (best.inline and own):
        return NO_TESTS
    if not own:
        return NO_CODE
    if flaw := _flaw(code):
        return flaw
    if sum(change.lines or 0 for change in own) > max_lines:
        return f"changes more than {max_lines} lines of code"
    return Candidate(commit, best, words, code, tests) if says_something(words) else MESSAGE


def _weight(commit: Commit, files: LanguageFiles) -> tuple[bool, int]:
    """How much a commit is about a language: whether it changes tests of it, and how many files."""
    own = [change.path for change in commit.changes if change.path.endswith(files.suffix)]
    return any(files.is_test(path) for path in own), len(own)


def _flaw(code: Sequence[Change]) -> str | None:
    modes = {entry.mode for change in code for entry in (change.old, change.new) if entry is not None}
    if SUBMODULE in modes:
        return SUBMODULES
    if LINK in modes:
        return LINKS
    if any(path_flaw(change.path) for change in code):
        return NAMES
    return BINARY if any(change.lines is None for change in code) else None


def difficulty(lines: int, files: int) -> str:
    """By how much a commit changes: lines and files of code."""
    if lines <= 15 and files == 1:
        return "beginner"
    return "intermediate" if lines <= 60 and files <= 3 else "advanced"
