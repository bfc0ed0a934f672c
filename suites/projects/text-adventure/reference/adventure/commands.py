"""What a player types."""

import re
from typing import NamedTuple

from adventure.world import DIRECTIONS, PREPOSITIONS

ARTICLES = ("the", "a", "an", "my")
NEED_A_THING = ("take", "drop", "examine", "go")


class Unclear(Exception):
    """A command that cannot be understood; its text is for the player."""


class Command(NamedTuple):
    """A verb, the phrases that it is about, and the one behind a preposition."""

    verb: str
    things: tuple = ()
    other: str | None = None


def read_commands(world, line):
    """The commands in a line; raises ``Unclear``."""
    text = re.sub(r"[!?]", "", line.lower()).replace(",", " and ").replace(";", ".")
    text = re.sub(r"(?<!\S)then(?!\S)", ".", text)
    commands = []
    for part in text.split("."):
        words = [word for word in part.split() if word not in ARTICLES]
        while words and words[0] == "and":
            words = words[1:]
        while words and words[-1] == "and":
            words = words[:-1]
        if words:
            commands.append(_command(world.verbs, words))
    return commands


def _command(verbs, words):
    if len(words) == 1 and (words[0] in DIRECTIONS or words[0] in DIRECTIONS.values()):
        words = ["go", *words]
    verb, rest = _verb(verbs, words)
    place = next((place for place, word in enumerate(rest) if word in PREPOSITIONS), len(rest))
    things = _phrases(rest[:place])
    other = " ".join(rest[place + 1 :]) or None
    if not things and other:
        things, other = (other,), None
    if verb == "go":
        things = tuple(DIRECTIONS.get(thing, thing) for thing in things)
    if not things and verb in NEED_A_THING:
        raise Unclear("Where do you want to go?" if verb == "go" else f"What do you want to {verb}?")
    return Command(verb, things, other)


def _verb(verbs, words):
    """The verb, and the words without it."""
    if " ".join(words[:2]) in verbs and len(words) > 1:
        return verbs[" ".join(words[:2])], words[2:]
    if len(words) > 2 and f"{words[0]} {words[-1]}" in verbs:
        return verbs[f"{words[0]} {words[-1]}"], words[1:-1]
    if words[0] in verbs:
        return verbs[words[0]], words[1:]
    raise Unclear(f'I do not know the verb "{words[0]}".')


def _phrases(words):
    phrases = [[]]
    for word in words:
        if word == "and":
            phrases.append([])
        else:
            phrases[-1].append(word)
    return tuple(" ".join(phrase) for phrase in phrases if phrase)
