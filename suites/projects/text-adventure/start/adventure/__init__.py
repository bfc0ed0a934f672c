"""Text adventures."""

from adventure.commands import Command, Unclear, read_commands
from adventure.conditions import read_condition
from adventure.game import Game
from adventure.world import read_world

__all__ = ["Command", "Game", "Unclear", "read_commands", "read_condition", "read_world"]
