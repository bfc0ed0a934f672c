"""Long texts of tasks, which are written only when they are asked for."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

DOCUMENT = "{document}"  # where a message shows it


@runtime_checkable
class Document(Protocol):
    """A long text that is written only when it is asked for. A dataclass: its fields say which text it is."""

    @property
    def size(self) -> int:
        """About how many bytes it has."""
        ...

    def text(self) -> str:
        """The text, always the same."""
        ...
