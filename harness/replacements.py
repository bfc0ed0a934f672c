"""Changes of a few lines in some files: mutants of right code, refactorings of it, defects planted in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Replacement:
    """``find``, which stands exactly once in all the files, becomes ``replace``."""

    find: str
    replace: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, and the characters from ``start`` to ``end``."""

    path: str
    start: int
    end: int


def place_of(files: Mapping[str, str], change: Replacement) -> Place:
    """Where a change is made. Raises ``ValueError`` where its text stands nowhere or more than once."""
    counts = {path: text.count(change.find) for path, text in files.items()} if change.find else {}
    if sum(counts.values()) != 1:
        where = f"{sum(counts.values())} times" if any(counts.values()) else "nowhere"
        raise ValueError(f"`find` must stand in the code once, not {where}: {change.find.strip()!r:.80}")
    if change.find == change.replace:
        raise ValueError(f"`replace` changes nothing: {change.find.strip()!r:.80}")
    path = next(path for path, count in counts.items() if count)
    start = files[path].index(change.find)
    return Place(path, start, start + len(change.find))


def replaced(files: Mapping[str, str], changes: Sequence[Replacement]) -> dict[str, str]:
    """The files with all changes made; each refers to the files as they are given. Raises ``ValueError``."""
    places = sorted(((place_of(files, change), change) for change in changes), key=lambda pair: pair[0].start)
    texts = dict(files)
    for place, change in reversed(places):
        text = texts[place.path]
        if text[place.start : place.end] != change.find:
            raise ValueError(f"two changes overlap: {change.find.strip()!r:.80}")
        texts[place.path] = text[: place.start] + change.replace + text[place.end :]
    return texts


def lines_of(
    files: Mapping[str, str], change: Replacement, others: Sequence[Replacement] = ()
) -> tuple[str, int, int]:
    """The file, and the first and last line, counted from 1, that differ once ``change`` is made.

    ``others`` are made too and move the lines behind them. Where lines only go, these are the lines
    before and behind the gap.
    """
    place = place_of(files, change)
    old, new = change.find.split("\n"), change.replace.split("\n")
    before = _common(old, new)
    behind = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - before)
    moved = sum(
        other.replace.count("\n") - other.find.count("\n")
        for other in others
        if (where := place_of(files, other)).path == place.path and where.start < place.start
    )
    top = files[place.path].count("\n", 0, place.start) + 1 + moved
    first, last = top + before, top + len(new) - behind - 1
    return (place.path, first, last) if first <= last else (place.path, max(1, last), first)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
