"""Conditions: ``carrying lamp and not lit or at cellar``; ``not`` binds closest, ``or`` least."""

from typing import NamedTuple

KINDS = ("carrying", "here", "at", "flag", "score")


class Test(NamedTuple):
    """One test; ``here`` is an item that lies in the room, ``score`` a least number of points."""

    kind: str
    what: str
    wanted: bool

    def holds(self, game):
        """Whether it is met in a game as it stands."""
        if self.kind == "carrying":
            met = game.places[self.what] == "carried"
        elif self.kind == "here":
            met = game.places[self.what] == game.room
        elif self.kind == "at":
            met = game.room == self.what
        elif self.kind == "score":
            met = game.score >= int(self.what)
        else:
            met = self.what in game.flags
        return met == self.wanted


class Condition(NamedTuple):
    """Alternatives, each of tests that all hold."""

    alternatives: tuple

    def holds(self, game):
        """Whether it is met in a game as it stands."""
        return any(all(test.holds(game) for test in tests) for tests in self.alternatives)


ALWAYS = Condition(((),))


def read_condition(text):
    """The condition in a text."""
    alternatives = []
    for part in text.split(" or "):
        alternatives.append(tuple(_test(words.split()) for words in part.split(" and ")))
    return Condition(tuple(alternatives))


def _test(words):
    wanted = True
    while words and words[0] == "not":
        wanted, words = not wanted, words[1:]
    if len(words) == 1:
        return Test("flag", words[0], wanted)
    if len(words) == 2 and words[0] in KINDS:
        return Test(*words, wanted)
    raise ValueError(f"not a condition: {' '.join(words)}")
