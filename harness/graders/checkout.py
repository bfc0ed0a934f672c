"""A tree in a store of git's as somebody's project: its text files, and what was made of it in a folder.

Texts have LF line ends and end with one, whatever the files have; files get back what they had.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from harness.git import EXECUTABLE, FILE, Entry, Git
from harness.trees import FILES, MADE, path_flaw, text_flaw, walk

Changes = Mapping[str, str | None]  # by path; None: the file goes

_CRLF, _LF = b"\r\n", b"\n"


def as_text(data: bytes) -> str | None:
    """A file as a text of a tree; ``None`` where it is none: binary, too large, with lone CR."""
    plain = data.replace(_CRLF, _LF) if _has_crlf(data) else data
    plain += _LF if plain and not plain.endswith(_LF) else b""
    return None if text_flaw(plain) else plain.decode()


def as_data(text: str, before: bytes | None) -> bytes:
    """A text as a file, with the line ends that the file had ``before``."""
    data = text.encode(errors="replace")
    if before is not None and _has_crlf(before):
        data = data.replace(_LF, _CRLF)
    return data


def _has_crlf(data: bytes) -> bool:
    return _CRLF in data and data.count(_CRLF) == data.count(_LF)


class Texts(Mapping[str, str]):
    """The texts of a tree by path, read when they are asked for; a file that is none has its path alone."""

    def __init__(self, git: Git, entries: Mapping[str, Entry]) -> None:
        self._git, self._entries = git, entries
        self._data: dict[str, bytes] = {}

    def data(self, paths: Collection[str]) -> dict[str, bytes]:
        """What those of the files that are in the tree hold."""
        wanted = {path: self._entries[path].id for path in paths if self._is_file(path)}
        lacking = {identity for path, identity in wanted.items() if path not in self._data}
        held = self._git.read(lacking) if lacking else {}
        self._data |= {path: held[identity] for path, identity in wanted.items() if identity in held}
        return {path: self._data[path] for path in wanted}

    def __getitem__(self, path: str) -> str:
        data = self.data([path]).get(path)
        text = None if data is None else as_text(data)
        if text is None:
            raise KeyError(path)
        return text

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self._is_file(path)

    def __iter__(self) -> Iterator[str]:
        return filter(self._is_file, self._entries)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _is_file(self, path: str) -> bool:
        return path in self._entries and self._entries[path].mode in (FILE, EXECUTABLE)


def write_changed(
    git: Git, entries: Mapping[str, Entry], changes: Changes, texts: Texts, folder: Path
) -> None:
    """Write a tree with ``changes`` into an empty folder. No path of theirs may lead through another's."""
    git.write({path: entry for path, entry in entries.items() if path not in changes}, folder)
    before = texts.data([path for path in changes if path in texts])
    for path, text in changes.items():
        if text is not None:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(as_data(text, before.get(path)))
            is_program = path in entries and entries[path].mode == EXECUTABLE
            target.chmod(0o755 if is_program else 0o644)


def changed_in(
    folder: Path, entries: Mapping[str, Entry], texts: Texts, stays: Callable[[str], bool]
) -> dict[str, str | None]:
    """What of the text files is not as in ``entries``, but for what was built and what ``stays``."""
    changes: dict[str, str | None] = {}
    left = set()
    for path in walk(folder):
        name = path.relative_to(folder).as_posix()
        left.add(name)
        if len(changes) > FILES or stays(name) or path_flaw(name) or not stat.S_ISREG(path.lstat().st_mode):
            continue
        if name not in entries and MADE & set(name.split("/")):
            continue
        data = _bytes_of(path)
        if data is None or (name in entries and entries[name].id == _identity(data, entries[name].id)):
            continue
        text = as_text(data)
        if text is not None and texts.get(name) != text:
            changes[name] = text
    gone = (path for path in texts if path not in left and not stays(path))
    return changes | dict.fromkeys(gone, None)


def _bytes_of(path: Path) -> bytes | None:
    """What a regular file holds; of what cannot be read ``None``."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            return file.read()
    except OSError:
        return None


def _identity(data: bytes, like: str) -> str:
    """The id under which git stores what a file holds, of the same kind as ``like``."""
    algorithm = "sha256" if len(like) == 64 else "sha1"
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
