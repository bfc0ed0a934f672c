"""What a player types."""

from typing import NamedTuple


class Unclear(Exception):
    """A command that cannot be understood; its text is for the player."""


class Command(NamedTuple):
    """A verb, the phrases that it is about, and the one behind a preposition."""

    verb: str
    things: tuple = ()
    other: str | None = None


def read_commands(world, line):
    """The commands in a line; raises ``Unclear``."""
    raise NotImplementedError
