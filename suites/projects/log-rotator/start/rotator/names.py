"""The names of old files."""

import re
from pathlib import Path

_NUMBER = re.compile(r"[1-9][0-9]*")


def old_files(path):
    """Number → path of the old files of a log, the newest (1) first."""
    path = Path(path)
    if not path.parent.is_dir():
        return {}
    numbers = []
    for other in path.parent.iterdir():
        rest = other.name.removeprefix(f"{path.name}.")
        if rest != other.name and _NUMBER.fullmatch(rest):
            numbers.append(int(rest))
    return {number: numbered(path, number) for number in sorted(numbers)}


def numbered(path, number):
    """The path of the old file with a number."""
    return path.with_name(f"{path.name}.{number}")
