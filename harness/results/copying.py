"""Copying runs from one place of results to another, file by file.

What is there already is not copied again, so a copy that was stopped goes on when it is started once more.
Parts come before the manifest of their run. What no reader needs (locks, leases, journals) stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from harness.results.compaction import covers_of, list_parts
from harness.results.objects import Objects, put_once, put_over
from harness.results.parts import NUMBERED, current

LOGS = ("observations", "judging")  # folders of records beside those of runs
_STAYS = ("_lock", "_parts_lock", "_journal.jsonl", "_leases/", "_phase-lock")


@dataclass(frozen=True, slots=True)
class Copied:
    """How many files were copied, how many were there, and which are there with other content."""

    copied: int
    there: int
    differing: tuple[str, ...] = ()


def copy(source: Objects, target: Objects, folder: str, *, replace: bool = False) -> Copied:
    """Copy the files of a run, or of another folder. Raises ``ResultsError``.

    A file that is there with other content is left alone, unless ``replace``.
    """
    there = {entry.name: entry for entry in target.list(folder)}
    merged = _merged(target, folder)
    copied, skipped, differing = 0, 0, []
    for name in _names(source, folder):
        plain = name.rpartition("/")[2]
        numbered = NUMBERED.fullmatch(plain)
        if plain in merged or (name in there and numbered and numbered[2]):
            skipped += 1
            continue
        stored = source.get(name)
        if stored is None:  # compacted meanwhile: another part has its rows
            continue
        if name not in there:
            put_once(target, name, stored.content)
            copied += 1
        elif (other := target.get(name)) is not None and other.content == stored.content:
            skipped += 1
        elif replace or plain in _CHANGES:
            put_over(target, name, stored.content)
            copied += 1
        else:
            differing.append(name)
    return Copied(copied, skipped, tuple(differing))


_CHANGES = ("_manifest.json", "_run.log")  # of a run that goes on


def _merged(target: Objects, folder: str) -> set[str]:
    """The parts whose rows another part has at the target."""
    parts = list_parts(target, folder)
    covers = {name: covers_of(target, f"{folder}/{name}") for name in parts}
    return set().union(*covers.values()) - parts.keys()


def _names(source: Objects, folder: str) -> Iterable[str]:
    """The files to copy: parts that count, then the rest, the manifest last."""
    parts = list_parts(source, folder)
    counted = current({name: covers_of(source, f"{folder}/{name}") for name in parts})
    others = [
        entry.name
        for entry in source.list(folder)
        if (rest := entry.name.removeprefix(f"{folder}/")) not in parts and not rest.startswith(_STAYS)
    ]
    return [
        *(f"{folder}/{name}" for name in parts if name in counted),
        *sorted(others, key=lambda name: name.endswith("/_manifest.json")),
    ]
