"""A small project as text: relative paths with ``/`` → what the files hold, in UTF-8, each line ended.

A tree never comes from a model as files: what a model writes becomes a tree only through ``path_flaw``, and
what a folder holds only through ``read_tree``, which follows no link.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from harness.errors import ConfigError

Tree = Mapping[str, str]

FILES = 200  # in a tree
FILE_BYTES, TREE_BYTES = 256 << 10, 1 << 20  # of a file, and of all of them
_PATH = 200  # characters of a path
_BYTE_CODE = "__pycache__"
MADE = frozenset({_BYTE_CODE, "target", ".git", "node_modules", ".pytest_cache", ".mypy_cache"})
DELETED = "delete"  # behind the fence of a file that is to go
_SUFFIX = re.compile(r"\.([A-Za-z]\w{0,9})$")
_MARK = re.compile(r"^\s*<{5,9}", re.MULTILINE)  # of a SEARCH block
_TICKS = re.compile(r"^\s*(`{3,})", re.MULTILINE)


def path_flaw(path: str) -> str | None:
    """Why a path is none within a tree; ``None`` if it is."""
    parts = path.split("/")
    if not path.isprintable() or any(sign in path for sign in '\\`"'):
        return "has a sign that no name of a file has"
    if len(path) > _PATH or any(len(part.encode()) > _PATH for part in parts):
        return f"is longer than {_PATH} characters"
    if path.startswith(("/", "~")) or re.match(r"[A-Za-z]:", path):
        return "is no relative path"
    if any(part in ("", ".", "..") or part != part.strip() for part in parts):
        return "leads out of the tree, or is not written in its shortest form"
    return ".git is no part of a tree" if ".git" in parts else None


def text_flaw(data: bytes) -> str | None:
    """Why the content of a file is none of a tree; ``None`` if it is."""
    if len(data) > FILE_BYTES:
        return f"is larger than {FILE_BYTES >> 10} kB"
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return "is not UTF-8 text"
    if "\0" in text:
        return "is binary"
    if "\r" in text:
        return "has CRLF line ends; save it with LF"
    return "lacks a line end at its end" if text and not text.endswith("\n") else None


def size_flaw(tree: Tree) -> str | None:
    """Why a tree is too large; ``None`` if it is not."""
    if len(tree) > FILES:
        return f"{len(tree)} files; at most {FILES} are allowed"
    size = sum(len(text.encode("utf-8", "replace")) for text in tree.values())
    if size > TREE_BYTES:
        return f"{size >> 10} kB; at most {TREE_BYTES >> 10} kB are allowed"
    large = next((path for path, text in tree.items() if len(text) > FILE_BYTES), None)
    return f"{large} is larger than {FILE_BYTES >> 10} kB" if large else None


def read_tree(folder: Path) -> dict[str, str]:
    """The files in ``folder``, by path; empty where there is no such folder.

    Byte code is left out: pip compiles whatever it installs, and so the projects of tasks. Raises
    ``ConfigError`` naming the file that is a link, no text, or one too many.
    """
    tree: dict[str, str] = {}
    for path in walk(folder):
        name = path.relative_to(folder).as_posix()
        if _BYTE_CODE in name.split("/"):
            continue
        if stat.S_ISLNK(path.lstat().st_mode) or not path.is_file():
            raise ConfigError(f"{path}: is a link or no regular file; put the file itself there")
        with path.open("rb") as file:
            data = file.read(FILE_BYTES + 1)
        if flaw := path_flaw(name) or text_flaw(data):
            raise ConfigError(f"{path}: {flaw}")
        tree[name] = data.decode()
        if len(tree) > FILES:
            break
    if flaw := size_flaw(tree):
        raise ConfigError(f"{folder}: {flaw}")
    return tree


def read_left(folder: Path) -> dict[str, str]:
    """The text files that a program left in ``folder``, each line ended.

    Links, what is built on the way and all else that is no text is left out; no file is waited for.
    """
    tree: dict[str, str] = {}
    for path in walk(folder) if folder.is_dir() and not folder.is_symlink() else ():
        name = path.relative_to(folder).as_posix()
        if path_flaw(name) or MADE & set(name.split("/")) or not stat.S_ISREG(path.lstat().st_mode):
            continue
        data = _beginning(path).replace(b"\r\n", b"\n")
        data += b"\n" if data and not data.endswith(b"\n") else b""
        if text_flaw(data) is None:
            tree[name] = data.decode()
        if len(tree) > 2 * FILES:  # more than an answer may have
            break
    return tree


def _beginning(path: Path) -> bytes:
    """As much of a file as may be in a tree, and a byte more; nothing where it cannot be read."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            return file.read(FILE_BYTES + 1)
    except OSError:
        return b""


def walk(folder: Path) -> Iterator[Path]:
    """What lies in a folder and is no folder, in the order of its names; links are not followed."""
    for at, folders, files in os.walk(folder):
        folders.sort()
        links = [name for name in folders if Path(at, name).is_symlink()]
        yield from (Path(at, name) for name in sorted([*files, *links]))


def write_tree(tree: Tree, folder: Path) -> None:
    """Write every file of ``tree`` below ``folder``, which is new and nobody else's."""
    for name, text in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="replace", newline="")


def as_answer(before: Tree, after: Tree) -> str:
    """The answer that makes ``after`` of ``before``: each file that changed, whole, and those that go."""
    blocks = [_block(path, text) for path, text in after.items() if before.get(path) != text]
    blocks += [_block(path, None) for path in before if path not in after]
    return "\n".join(blocks)


def _block(path: str, text: str | None) -> str:
    """A fenced block below its path, which stands behind the fence too where it may be mistaken."""
    longest = max((len(ticks) for ticks in _TICKS.findall(text or "")), default=2)
    fence = "`" * (longest + 1)
    suffix = _SUFFIX.search(path)
    plain = suffix is not None and " " not in path and _MARK.search(text or "") is None
    language = DELETED if text is None else suffix[1] if suffix else "text"
    info = language if plain else f'{language} path="{path}"'
    return f"{path}\n{fence}{info}\n{text or ''}{fence}\n"
