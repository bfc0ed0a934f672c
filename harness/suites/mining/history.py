"""The commits of a repository, one at a time: histories are long, and commits can be large."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.git import Entry, Git

MOST_FILES = 500  # of a commit that are looked at
_MESSAGE = 20_000  # bytes
_FIELDS = ("\x01", "%H", "%P", "%T", "%cs", "%an", "%cn", "%B")
_ABSENT = "000000"
_NUMBERS = re.compile(r"(?:\d+|-)\t(?:\d+|-)\t")


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit does to one file; ``old`` or ``new`` is ``None`` where it was or is not there.

    ``lines`` are those added and removed, ``None`` where the file is binary.
    """

    path: str
    old: Entry | None
    new: Entry | None
    lines: int | None = None


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit with its changes, unless there are more than ``MOST_FILES``: then the first of them."""

    id: str
    parents: tuple[str, ...]
    tree: str
    date: str  # 2026-11-30
    people: tuple[str, ...]  # who wrote it, who committed it
    message: str
    changes: tuple[Change, ...]
    files: int  # that it changes


def history(git: Git, head: str, since: str | None = None, paths: Sequence[str] = ()) -> Iterator[Commit]:
    """The commits from ``head`` on, newest first, that touch ``paths``; merges have no changes.

    A file that moved counts as one that goes and one that comes, whose lines are those that differ.
    """
    form = "%x00".join(_FIELDS).replace("\x01", "%x01")
    options = ["--raw", "--numstat", "-z", "-M", "--no-abbrev", "--no-ext-diff", "--no-textconv"]
    options += ["--no-color", "--no-show-signature", "--no-notes", "--full-diff", f"--format={form}%x00"]
    options += [f"--since={since}T00:00:00Z"] if since else []
    tokens = git.stream("log", *options, head, "--", *paths)
    fields: list[str] = []
    for token in tokens:
        if token.lstrip(b"\n") == b"\x01":
            if fields:
                yield _commit(fields)
            fields = []
        elif len(fields) < len(_FIELDS) - 1 + 5 * MOST_FILES:
            fields.append(token[:_MESSAGE].decode(errors="surrogateescape"))
    if fields:
        yield _commit(fields)


def _commit(fields: list[str]) -> Commit:
    identity, parents, tree, date, author, committer, message, *rest = fields
    raw: dict[str, Change] = {}
    lines: dict[str, int | None] = {}
    files, at = 0, 0
    while at < len(rest):
        token = rest[at].lstrip("\n")
        at += 1
        if token.startswith(":"):
            files += 1
            modes = token[1:].split(" ")
            moved = modes[-1][0] in "RC"
            names = rest[at : at + 1 + moved]
            at += 1 + moved
            if len(names) == 1 + moved and files <= MOST_FILES:
                old, new = (None if mode == _ABSENT else Entry(mode, name) for mode, name in
                            ((modes[0], modes[2]), (modes[1], modes[3])))  # fmt: skip
                if moved:
                    raw[names[0]] = Change(names[0], old, None)
                    lines[names[0]] = 0
                raw[names[-1]] = Change(names[-1], None if moved else old, new)
        elif _NUMBERS.match(token):
            added, removed, path = token.split("\t", 2)
            if not path:
                at += 2
                path = rest[at - 1] if at <= len(rest) else ""
            lines[path] = None if added == "-" else int(added) + int(removed)
    changes = tuple(Change(path, change.old, change.new, lines.get(path)) for path, change in raw.items())
    return Commit(identity, tuple(parents.split()), tree, date, (author, committer), message, changes, files)
