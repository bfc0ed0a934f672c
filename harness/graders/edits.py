"""What an answer changes in a project: whole files and SEARCH/REPLACE blocks, all of them or none.

A whole file is a fenced block with its path behind the fence or on the line before it. A block that replaces
part of a file stands below the file's path, in a fence or without one::

    src/queue.py
    <<<<<<< SEARCH
    lines as they are
    =======
    lines as they shall be
    >>>>>>> REPLACE

Every edit refers to the tree as it was given, so that their order does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Literal

from harness.graders.fences import Fence, closes, opening
from harness.graders.reply import MAX_CHARS, final_reply
from harness.trees import DELETED, Tree, path_flaw, size_flaw

EditFormat = Literal["whole", "diff", "mixed"]

_HEAD = re.compile(r"\s{0,3}<{5,9}(?: ?[\w ]{1,20}>?)?\s*")
_DIVIDER = re.compile(r"\s{0,3}={5,9}\s*")
_TAIL = re.compile(r"\s{0,3}>{5,9}(?: ?[\w ]{1,20})?\s*")
_DECORATION = " \t#*`'\":>[]()-–—"
_LABEL = re.compile(  # what may stand before a path, and behind it
    r"^(?:\d{1,3}[.)]\s+|(?:new |full |the )?"
    r"(?:file ?(?:name|path)?|path|create|update[ds]?|modified)(?::\s*|\s+))+"
    r"|\s\((?:new|modified|updated|complete|full)\b[^()]*\)[:*]*$",
    re.IGNORECASE,
)
_PATHS = re.compile(r"[\w./+-]+\w")  # in a sentence
_SUFFIX = re.compile(r"(?:^|/)[^/\s]*\.[A-Za-z]\w{0,9}$|(?:^|/)(?:Makefile|Dockerfile|LICENSE|README)$")
_GIVEN = re.compile(r"\b(?:path|file|filename|title)=(?:[\"']([^\"']+)[\"']|([^\s{}\"']+))")
_ESCAPING = re.compile(r"(?:/|~/|\.\./|[A-Za-z]:[\\/])\w[\w.~+@\\/-]*")
LAZY = re.compile(
    r"^\s*(?://|#|/\*|--)\W*(?:\.\.\.|…)|^\s*(?://|#|/\*)[^\n]{0,60}"
    r"\b(?:rest of|remaining|existing|unchanged|same as (?:before|above)|previous)\b[^\n]{0,40}"
    r"\b(?:code|here|unchanged|same|implementation|methods?|functions?)\b",
    re.IGNORECASE | re.MULTILINE,
)


class EditError(Exception):
    """Why nothing of an answer is applied. ``kind`` is the row's ``error_type``."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: of the lines ``search`` to ``text``, or of the whole file where they are ``None``.

    ``text`` is ``None`` for a file that goes.
    """

    path: str
    text: str | None
    search: str | None = None


def parse(answer: str, start: Tree) -> list[Edit]:
    """The edits in an answer to a task that gave the tree ``start``. Raises ``EditError``."""
    if len(answer) > MAX_CHARS:
        raise EditError("too_large", f"the answer is longer than {MAX_CHARS:,} characters")
    scanner = _Scanner(final_reply(answer).replace("\r\n", "\n"), start)
    edits = list(dict.fromkeys(scanner.edits())) or list(scanner.introduced())
    if not edits:
        raise EditError("no_edit", "the answer has neither a whole file with its path nor a SEARCH block")
    return edits


def edit_format(edits: Collection[Edit]) -> EditFormat:
    """Which of the two forms these edits have."""
    whole = sum(edit.search is None for edit in edits)
    return "diff" if whole == 0 else "whole" if whole == len(edits) else "mixed"


def apply(start: Tree, edits: Sequence[Edit], protected: Sequence[str] = ()) -> dict[str, str]:
    """The tree with all ``edits`` made. Raises ``EditError``: then none is.

    ``protected`` are paths, or patterns of them, that must stay what they are.
    """
    changed = changes(start, edits, protected)
    tree = {path: text for path, text in {**start, **changed}.items() if text is not None}
    if flaw := size_flaw(tree):
        raise EditError("too_large", flaw)
    check_paths(tree)
    return tree


def changes(start: Tree, edits: Sequence[Edit], protected: Sequence[str] = ()) -> dict[str, str | None]:
    """What ``edits`` make of the files that they name, ``None`` of one that goes. Raises ``EditError``."""
    changed: dict[str, str | None] = {}
    for path in dict.fromkeys(edit.path for edit in edits):
        if flaw := path_flaw(path):
            raise EditError("path_escape", f"{path!r:.80} {flaw}")
        changed[path] = _changed(start.get(path), [edit for edit in edits if edit.path == path])
        if changed[path] != start.get(path) and any(fnmatchcase(path, pattern) for pattern in protected):
            raise EditError("protected_file", f"{path} must stay as it is")
    return changed


def check_paths(paths: Collection[str]) -> None:
    """Refuse paths of which one is a file and a folder at once. Raises ``EditError``."""
    folders = {path[:at] for path in paths for at, sign in enumerate(path) if sign == "/"}
    both = sorted(folders.intersection(paths))
    if both:
        raise EditError("path_escape", f"{both[0]!r} would be a file and a folder")


def _changed(before: str | None, edits: Sequence[Edit]) -> str | None:
    whole = [edit for edit in edits if edit.search is None]
    if not whole:
        return _replaced(before, edits)
    if len(whole) < len(edits):
        raise EditError("malformed_edit", f"{edits[0].path} is given whole and in parts")
    return whole[-1].text  # a corrected version stands after its draft


def _replaced(before: str | None, edits: Sequence[Edit]) -> str:
    path = edits[0].path
    if not before:
        if len(edits) == 1 and not edits[0].search:
            return edits[0].text or ""
        raise EditError("search_missing", f"{path}: there is no such file, or it is empty")
    lines = _lines(before)
    places = sorted(_place(lines, edit) for edit in edits)
    for (_, end, _), (start, _, _) in pairwise(places):
        if start < end:
            raise EditError("malformed_edit", f"{path}: two blocks replace line {start + 1}")
    for start, end, text in reversed(places):
        lines[start:end] = [text]
    return "".join(lines)


def _place(lines: Sequence[str], edit: Edit) -> tuple[int, int, str]:
    """Where an edit's lines stand (first, behind the last), and what comes there."""
    search = _lines(edit.search or "")
    if not search:
        raise EditError("search_ambiguous", f"{edit.path} exists; an empty SEARCH only creates files")
    windows = range(len(lines) - len(search) + 1)
    exact = [at for at in windows if lines[at : at + len(search)] == search]
    shifts = [] if exact else [(at, _shift(lines[at : at + len(search)], search)) for at in windows]
    shifted = [(at, shift) for at, shift in shifts if shift is not None]
    if len(exact) + len(shifted) != 1:
        kind = "search_ambiguous" if exact or shifted else "search_missing"
        places = "in several places" if exact or shifted else "nowhere"
        raise EditError(kind, f"{edit.path}: the lines of a SEARCH stand {places}: {search[0].strip()!r:.80}")
    if exact:
        return exact[0], exact[0] + len(search), edit.text or ""
    at, (more, less) = shifted[0]
    text = [_indented(line, more, less) for line in _lines(edit.text or "")]
    return at, at + len(search), "".join(text)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _shift(window: Sequence[str], search: Sequence[str]) -> tuple[str, str] | None:
    """The indentation that every line of the file has more than SEARCH has, and the one that it has less."""
    shifts = set()
    for line, wanted in zip(window, search, strict=True):
        if line.strip() != wanted.strip():
            return None
        if line.strip():
            has, had = (text[: len(text) - len(text.lstrip())] for text in (line, wanted))
            if has.endswith(had):
                shifts.add((has[: len(has) - len(had)], ""))
            elif had.endswith(has):
                shifts.add(("", had[: len(had) - len(has)]))
            else:
                return None
    return shifts.pop() if len(shifts) == 1 else None


def _indented(line: str, more: str, less: str) -> str:
    return line if not line.strip() else more + line.removeprefix(less)


class _Scanner:
    """Goes through an answer line by line."""

    def __init__(self, text: str, start: Tree) -> None:
        self._lines = text.split("\n")
        self._start = start

    def edits(self) -> Iterator[Edit]:
        """The edits, in their order. Raises ``EditError`` where one is malformed."""
        lines, at = self._lines, 0
        path: str | None = None  # the one named last
        holder: Fence | None = None  # around SEARCH/REPLACE blocks
        while at < len(lines):
            line = lines[at]
            if _HEAD.fullmatch(line):
                edit, at = self._block(at, path)
                yield edit
                continue
            if _TAIL.fullmatch(line):
                raise EditError("malformed_edit", f"line {at + 1}: the end of a block that never began")
            fence = opening(line)
            if holder is not None and closes(line, holder):
                holder = None
            elif fence is not None:
                given = _GIVEN.search(fence.info)
                named = given[1] or given[2] if given else self._of_info(fence.info) or self._before(at)
                path = named or path
                if self._holds_blocks(at + 1):
                    holder = fence
                else:
                    end = next((n for n in range(at + 1, len(lines)) if closes(lines[n], fence)), len(lines))
                    if given is None:
                        self._check_marks(at, end, path)
                    if named is not None:
                        yield self._whole(named, fence, at, end)
                    at = end
            else:
                path = self._named(line) or path
            at += 1

    def introduced(self) -> Iterator[Edit]:
        """Whole files whose path stands in the sentence before a fence, or in a comment on its first line.

        For answers that name none as they should. With less than half of its lines a fence is an example.
        """
        lines, at = self._lines, 0
        while at < len(lines):
            fence = opening(lines[at])
            if fence is not None:
                end = next((n for n in range(at + 1, len(lines)) if closes(lines[n], fence)), len(lines))
                path = self._introduced(at)
                if path is not None and 2 * (end - at) >= self._start[path].count("\n"):
                    yield self._whole(path, fence, at, end)
                at = end
            at += 1

    def _introduced(self, at: int) -> str | None:
        before = next((line for line in reversed(self._lines[max(0, at - 2) : at]) if line.strip()), "")
        named = [
            path
            for path in self._start
            if before.rstrip(" *").endswith(":") and path in _PATHS.findall(before)
        ]
        first = "".join(self._lines[at + 1 : at + 2]).strip()
        inside = [path for path in self._start if first.lstrip("#/ ") == path != first]
        return next(iter(inside or named), None) if len(inside or named) == 1 else None

    def _check_marks(self, at: int, end: int, path: str | None) -> None:
        """Refuse a fence with a block somewhere in it, unless the file that it may be had one before."""
        marked = [n for n in range(at + 1, end) if _HEAD.fullmatch(self._lines[n])]
        if marked and self._lines[marked[0]] not in self._start.get(path or "", "").split("\n"):
            raise EditError(
                "malformed_edit", f"line {marked[0] + 1}: in the fence, text stands before the block"
            )

    def _whole(self, path: str, fence: Fence, at: int, end: int) -> Edit:
        if end == len(self._lines):
            raise EditError("malformed_edit", f"{path}: its fence is never closed")
        inner = "".join(fence.inner(line) + "\n" for line in self._lines[at + 1 : end])
        gone = not inner.strip() and fence.info.lower().split()[:1] == [DELETED]
        return Edit(path, None if gone else inner)

    def _block(self, at: int, path: str | None) -> tuple[Edit, int]:
        """The SEARCH/REPLACE block that begins on line ``at``, and where the text goes on."""
        lines = self._lines
        if path is None:
            raise EditError("malformed_edit", f"line {at + 1}: the block stands below no path")
        marks = (_DIVIDER, _TAIL)
        ends = [at]
        for mark in marks:
            end = next((n for n in range(ends[-1] + 1, len(lines)) if mark.fullmatch(lines[n])), None)
            if end is None:
                raise EditError("malformed_edit", f"line {at + 1}: the block for {path} has no end")
            ends.append(end)
        search, text = (lines[a + 1 : b] for a, b in pairwise(ends))
        if any(mark.fullmatch(line) for line in (*search, *text) for mark in (_HEAD, *marks)):
            raise EditError("malformed_edit", f"line {at + 1}: the block for {path} holds another mark")
        whole = ["".join(line + "\n" for line in part) for part in (search, text)]
        return Edit(path, whole[1], whole[0]), ends[-1] + 1

    def _holds_blocks(self, at: int) -> bool:
        """Whether the text from line ``at`` on begins with a SEARCH/REPLACE block, or with its path."""
        following = [line for line in self._lines[at : at + 4] if line.strip()][:2]
        heads = [_HEAD.fullmatch(line) is not None for line in following]
        return heads[:1] == [True] or (heads == [False, True] and self._named(following[0]) is not None)

    def _before(self, at: int) -> str | None:
        """The path on the last line with text before line ``at``."""
        before = next((line for line in reversed(self._lines[max(0, at - 2) : at]) if line.strip()), "")
        return self._named(before)

    def _of_info(self, info: str) -> str | None:
        for word in re.split(r"[\s,{}]+", info):
            for path in (word.partition(":")[2], word):
                if _SUFFIX.search(path) or _ESCAPING.fullmatch(path):
                    return path.removeprefix("./")
        return None

    def _named(self, line: str) -> str | None:
        """The path that a line holds and nothing else."""
        if line in self._start:
            return line
        if len(line) > 300:
            return None
        bare = line.strip(_DECORATION)
        path = (
            bare if bare in self._start else _LABEL.sub("", line.strip().lstrip("#*> -`")).strip(_DECORATION)
        )
        path = path.removeprefix("./")
        if path in self._start or (_SUFFIX.search(path) and " " not in path) or _ESCAPING.fullmatch(path):
            return path
        return None
