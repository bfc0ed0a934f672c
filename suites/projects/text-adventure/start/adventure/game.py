"""A game as it is played."""


class Game:
    """Where everything is, and what commands do."""

    def __init__(self, world):
        raise NotImplementedError

    def play(self, line):
        """Do what a line says; what is shown."""
        raise NotImplementedError

    def save(self):
        """The game as a text."""
        raise NotImplementedError

    @classmethod
    def load(cls, world, text):
        """The game that was saved."""
        raise NotImplementedError
