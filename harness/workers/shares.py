"""What of a limit is one worker's: all shares together are the limit."""

from __future__ import annotations

from harness.records import RateLimits


def share_of(limits: RateLimits, place: int, places: int) -> RateLimits | None:
    """The part of rate limits of the worker at a place; ``None`` where nothing is left for it."""
    parts = [_part(limit, place, places) for limit in (limits.rpm, limits.tpm, limits.concurrency)]
    return None if 0 in parts else RateLimits(*parts)


def _part(limit: int | None, place: int, places: int) -> int | None:
    return None if limit is None else limit // places + (place < limit % places)
