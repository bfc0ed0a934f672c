"""Choosing by name: ids, globs, tags and groups; and the nearest names when there is none."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from fnmatch import fnmatchcase

from harness.errors import UnknownName


def nearest(name: str, known: Collection[str]) -> str:
    """`` — did you mean a, b?``, or the known names when none is near; empty when there are none."""
    if not known:
        return ""
    listed = sorted(set(known))
    close = get_close_matches(name, listed, n=3, cutoff=0.5)
    if close:
        return f"; did you mean {' or '.join(close)}?"
    return f"; known: {', '.join(listed[:12])}{' …' if len(listed) > 12 else ''}"


def choose(
    wanted: str,
    known: Collection[str],
    what: str,
    groups: Mapping[str, Collection[str]] | None = None,
    hidden: Collection[str] = (),
) -> list[str]:
    """The names in ``known`` that a comma-separated selection means, in the order of ``known``.

    A part is ``all``, an id, a glob, or a group or tag of ``groups``; a leading ``!`` takes
    away again. ``all`` and globs leave out ``hidden`` names, which must be called by name.
    """
    groups = groups or {}
    chosen: set[str] = set()
    for part in filter(None, (piece.strip() for piece in wanted.split(","))):
        name = part.removeprefix("!")
        if name in known:
            found = {name}
        elif name == "all":
            found = set(known) - set(hidden)
        elif name in groups:
            found = set(groups[name])
        else:
            found = {k for k in known if fnmatchcase(k, name)} - set(hidden)
        if not found:
            raise UnknownName(f"no {what} {name!r}{nearest(name, [*known, *groups, 'all'])}")
        chosen = chosen - found if part.startswith("!") else chosen | found
    if not chosen:
        raise UnknownName(f"{wanted!r} chooses no {what}{nearest(wanted, known)}")
    return [name for name in known if name in chosen]
