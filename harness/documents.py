"""Long texts of tasks, which are written only when they are asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod

DOCUMENT = "{document}"  # where a message shows it


class Document(ABC):
    """A long text that is written only when it is asked for. A dataclass: its fields say which text it is."""

    __slots__ = ()

    @property
    @abstractmethod
    def size(self) -> int:
        """About how many bytes it has."""

    @abstractmethod
    def text(self) -> str:
        """The text, always the same."""
