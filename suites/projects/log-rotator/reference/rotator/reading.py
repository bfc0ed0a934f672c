"""The lines of a log and its old files."""

from pathlib import Path

from rotator.names import old_files


def history(path):
    """All lines, the oldest first."""
    path = Path(path)
    lines = []
    for file in [*reversed(old_files(path).values()), path]:
        if file.exists():
            text = file.read_bytes().decode(errors="replace")
            lines += text.removesuffix("\n").split("\n") if text else []
    return lines


def tail(path, count):
    """The last lines."""
    return history(path)[-count:] if count > 0 else []
