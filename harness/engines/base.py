"""The protocol every engine follows: a request in, a completion out, many in flight."""

from __future__ import annotations

from typing import Protocol

from harness.records import Completion, Request


class Engine(Protocol):
    """A model that can be asked. Built from a ``ModelSpec``; building loads nothing.

    What goes wrong with one request is a value (``Completion.failure``);
    ``open`` raises ``ModelUnavailable`` when no request at all could succeed.
    """

    concurrency: int  # requests worth having in flight at once
    revision: str | None  # what exactly answers (file digest, served name), known after open()

    async def open(self) -> float:
        """Make the model ready. Returns the seconds it took to load."""
        ...

    async def complete(self, request: Request) -> Completion:
        """Answer one request. May be called ``concurrency`` times at once."""
        ...

    async def close(self) -> None:
        """Free everything that ``open`` took."""
        ...
