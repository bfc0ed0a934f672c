"""The protocol every engine follows: a request in, a completion out, many in flight."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Protocol

from harness.records import Completion, Request, Throughput

HASHED_WHOLE = 64 * 2**20
HASHED_END = 2**20


class Engine(Protocol):
    """A model that can be asked. Built from a ``ModelSpec``; building loads nothing.

    What goes wrong with one request is a value (``Completion.failure``);
    ``open`` raises ``ModelUnavailable`` when no request at all could succeed.
    """

    concurrency: int  # requests to have in flight at once
    threads: int  # of this machine that compute while a request is answered; 0: another machine's, or none
    beside: int  # other threads of ours that will compute at the same time; set before open()
    throughput: Throughput | None  # measured by open(), where a model computes on this machine
    revision: str | None  # what exactly answers (file digest, served name), known after open()

    async def check(self) -> str:
        """Prove cheaply, without loading, that ``open`` has a chance: one line for a person.

        Raises ``ModelUnavailable``.
        """
        ...

    async def open(self) -> float:
        """Make the model ready. Returns the seconds it took to load."""
        ...

    async def complete(self, request: Request) -> Completion:
        """Answer one request. May be called ``concurrency`` times at once."""
        ...

    async def close(self) -> None:
        """Free everything that ``open`` took."""
        ...


def file_revision(path: Path) -> str:
    """What tells this file from another: a digest that stays cheap for files of many GB.

    ``sha256:`` and 16 hex digits over the whole file below 64 MB; ``sha256-ends:`` over the
    size, the first and the last MB above it. Raises ``OSError``.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        if size < HASHED_WHOLE:
            return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()[:16]}"
        digest = hashlib.sha256(str(size).encode())
        digest.update(file.read(HASHED_END))
        file.seek(-HASHED_END, 2)
        digest.update(file.read())
        return f"sha256-ends:{digest.hexdigest()[:16]}"
