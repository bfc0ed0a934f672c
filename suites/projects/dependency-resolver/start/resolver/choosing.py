"""The choice of releases."""


class Conflict(Exception):
    """There is no solution, because of these requirements of the program."""

    def __init__(self, culprits):
        super().__init__("no solution for " + ", ".join(map(str, culprits)))
        self.culprits = culprits


def resolve(index, requirements, lock=None, update=()):
    """Name → version of the solution that is preferred; raises ``Conflict``."""
    raise NotImplementedError
