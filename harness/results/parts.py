"""The parts of a run: what they are called, whose rows they have, and which of them count.

A part may have the rows of others, which its metadata names: compaction makes one part of many and then
deletes them, perhaps on two machines at once. A row counts once at every moment of that, since a part does
not count beside one that has its rows. Nothing is deleted but what another part has all rows of, and names
are not used again: whatever was begun, was killed, or comes late does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

PART = re.compile(r"part-[^/]+\.parquet")
NUMBERED = re.compile(r"part-(\d{5,9})(-m?[0-9a-f]{16})?\.parquet")  # with a digest: of its bytes
_MERGED = re.compile(r"part-\d{5,9}-m[0-9a-f]{16}\.parquet")
MERGED_KEY = "harness.merged"  # in the metadata of a part: the parts whose rows it has, one name a line
Covers = Mapping[str, Set[str]]  # by part, the parts whose rows it has: itself, or those it was made of


def is_merged(name: str) -> bool:
    """Whether a part of this name may have the rows of others."""
    return _MERGED.fullmatch(name) is not None


def merged_name(last: int, digest: str) -> str:
    """The name of a part that was made of others, of which ``last`` is the highest number."""
    return f"part-{last:05d}-m{digest[:16]}.parquet"


def sent_name(name: str, digest: str) -> str:
    """The name of a part among those of many writers: one name, one content."""
    numbered = NUMBERED.fullmatch(name)
    if numbered is None or numbered[2]:
        return name
    return f"part-{numbered[1]}-{digest[:16]}.parquet"


def number_of(name: str) -> int:
    """The number of a part; 0 for one that has none."""
    numbered = NUMBERED.fullmatch(name)
    return int(numbered[1]) if numbered else 0


def covered_by(name: str, metadata: Mapping[bytes, bytes] | None) -> Set[str]:
    """The parts whose rows a part has, as its metadata say."""
    names = (metadata or {}).get(MERGED_KEY.encode())
    return frozenset(names.decode().split("\n")) if names else frozenset([name])


def current(covers: Covers) -> set[str]:
    """The parts that count: together they have all rows, and none twice where that can be.

    Larger parts come first. One that has some rows of those counts only where they are nowhere else.
    """
    order = sorted(covers, key=lambda part: (-len(covers[part]), not is_merged(part), part))
    chosen: set[str] = set()
    covered: set[str] = set()
    for at, part in enumerate(order, 1):
        missing = covers[part] - covered
        if not missing:
            continue
        if len(missing) < len(covers[part]):
            elsewhere = [covers[other] for other in order[at:] if not covers[other] & covered]
            if missing <= set().union(*elsewhere):
                continue
        chosen.add(part)
        covered |= covers[part]
    return chosen


def superseded(covers: Covers) -> set[str]:
    """The parts that can be deleted: one other part has all their rows."""
    merged = [part for part in covers if is_merged(part)]
    inside: set[str] = set().union(*(covers[part] for part in merged)).difference(merged)
    outdone = {part for part in merged for other in merged if _outdoes(covers, other, part)}
    return (inside & covers.keys()) | outdone


def _outdoes(covers: Covers, one: str, other: str) -> bool:
    """Whether one merged part has all that another has; of equals it is the first."""
    return covers[one] > covers[other] or (covers[one] == covers[other] and one < other)
