"""Pages and charts of earlier reports, which nothing leads to any more."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

_HEAD = 500  # bytes in which the mark stands


def mark(name: str) -> str:
    """What a generated file says of itself near its beginning. With its name, so that a copy is not ours."""
    return f"made by harness report as {name}"


def remove_outdated(folder: Path, written: Collection[Path]) -> None:
    """Remove what has its own mark and was not written now; all else stays. Raises ``OSError``."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path in written or path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            ours = mark(path.name).encode() in file.read(_HEAD)
        if ours:
            path.unlink()
