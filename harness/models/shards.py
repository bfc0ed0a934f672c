"""GGUF files that llama.cpp has split: ``NAME-00001-of-00003.gguf`` and the others beside it."""

from __future__ import annotations

import re

SHARD = re.compile(r"(?P<model>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.IGNORECASE)
_MOST = 1000


def shard_names(name: str) -> tuple[str, ...]:
    """All files of the model that ``name``, with or without folders before it, is a file of, in order."""
    match = SHARD.fullmatch(name)
    if match is None or not 1 <= int(match["count"]) <= _MOST:
        return (name,)
    start, end = match.span("number")
    return tuple(f"{name[:start]}{at + 1:05}{name[end:]}" for at in range(int(match["count"])))
