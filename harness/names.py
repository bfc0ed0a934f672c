"""Choosing by name: ids, globs, tags and groups; and the nearest names when there is none."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from fnmatch import fnmatchcase

from harness.errors import UnknownName


def nearest(name: str, names: Collection[str]) -> str:
    """`` — did you mean a, b?``, or the names when none is near; empty when there are none."""
    if not names:
        return ""
    listed = sorted(set(names))
    known = f"; known: {', '.join(listed[:12])}{' …' if len(listed) > 12 else ''}"
    return did_you_mean(name, listed) or known


def did_you_mean(name: str, names: Collection[str]) -> str:
    """``; did you mean a or b?``; empty when no name is near."""
    close = get_close_matches(name, sorted(set(names)), n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def choose(
    wanted: str,
    names: Collection[str],
    what: str,
    groups: Mapping[str, Collection[str]] | None = None,
    hidden: Collection[str] = (),
) -> list[str]:
    """The names in ``names`` that a comma-separated selection means, in the order of ``names``.

    A part is ``all``, an id, a glob, or a group or tag of ``groups``; a leading ``!`` takes
    away again. ``all`` and globs leave out ``hidden`` names, which must be called by name.
    """
    groups = groups or {}
    chosen: set[str] = set()
    for part in filter(None, (piece.strip() for piece in wanted.split(","))):
        name = part.removeprefix("!")
        if name in names:
            selected = {name}
        elif name == "all":
            selected = set(names) - set(hidden)
        elif name in groups:
            selected = set(groups[name])
        else:
            selected = {k for k in names if fnmatchcase(k, name)} - set(hidden)
        if not selected:
            raise UnknownName(f"no {what} {name!r}{nearest(name, [*names, *groups, 'all'])}")
        chosen = chosen - selected if part.startswith("!") else chosen | selected
    if not chosen:
        raise UnknownName(f"{wanted!r} chooses no {what}{nearest(wanted, names)}")
    return [name for name in names if name in chosen]
