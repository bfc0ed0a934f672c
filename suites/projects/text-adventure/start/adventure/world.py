"""What a world file says."""

import re
from typing import NamedTuple

from adventure.conditions import ALWAYS, read_condition

DIRECTIONS = {"n": "north", "s": "south", "e": "east", "w": "west", "u": "up", "d": "down"}
PREPOSITIONS = ("with", "on", "in", "to", "at", "from")
VERBS = {
    "take": "take",
    "get": "take",
    "pick up": "take",
    "drop": "drop",
    "put down": "drop",
    "go": "go",
    "walk": "go",
    "look": "look",
    "l": "look",
    "examine": "examine",
    "x": "examine",
    "look at": "examine",
    "inventory": "inventory",
    "i": "inventory",
    "wait": "wait",
}
_RULE = re.compile(r"(\w+)(?: (\w+))?(?: with (\w+))?(?: if ([^:]+))?:(.*)")
_EXIT = re.compile(r"(\w+): (\w+)(?: if (.+?))?(?: else (.+))?")


class Exit(NamedTuple):
    """A way to another room."""

    room: str
    condition: object
    refusal: str


class Room(NamedTuple):
    """A room; ``exits`` are by direction."""

    name: str
    text: str
    exits: dict


class Item(NamedTuple):
    """A thing."""

    name: str
    nouns: tuple
    adjectives: tuple
    place: str
    fixed: bool
    text: str


class Rule(NamedTuple):
    """What happens instead of the usual; an effect is a tuple of words."""

    verb: str
    item: str | None
    other: str | None
    condition: object
    effects: tuple
    text: str


class World(NamedTuple):
    """All of it; rooms and items are by id."""

    start: str
    limit: int
    verbs: dict
    rooms: dict
    items: dict
    rules: tuple


def read_world(text):
    """The world in a text: blocks parted by empty lines, each with a head and lines that belong to it."""
    start, limit, verbs, rooms, items, rules = "", 10, dict(VERBS), {}, {}, []
    for block in re.split(r"\n\s*\n", text.strip()):
        head, *lines = (line.strip() for line in block.splitlines())
        kind, _, rest = head.partition(" ")
        if kind == "start":
            start = rest
        elif kind == "limit":
            limit = int(rest)
        elif kind == "verb":
            verb, _, others = rest.partition(":")
            verbs.update(dict.fromkeys([verb, *_list(others)], verb))
        elif kind == "room":
            name, _, title = rest.partition(": ")
            rooms[name] = _room(title, lines)
        elif kind == "item":
            name, _, title = rest.partition(": ")
            items[name] = _item(title, lines)
        elif kind == "rule":
            match = _RULE.fullmatch(rest)
            verb, item, other, condition, effects = match.groups()
            done = tuple(tuple(effect.split()) for effect in effects.split(";") if effect.strip())
            met = read_condition(condition) if condition else ALWAYS
            rules.append(Rule(verb, item, other, met, done, "\n".join(lines)))
        else:
            raise ValueError(f"unknown block: {head}")
    return World(start, limit, verbs, rooms, items, tuple(rules))


def _room(title, lines):
    exits, text = {}, []
    for line in lines:
        if line.startswith("exit "):
            direction, room, condition, refusal = _EXIT.fullmatch(line.removeprefix("exit ")).groups()
            met = read_condition(condition) if condition else ALWAYS
            exits[direction] = Exit(room, met, refusal or "")
        else:
            text.append(line)
    return Room(title, "\n".join(text), exits)


def _item(title, lines):
    values = dict(line.split(": ", 1) if ": " in line else (line, "") for line in lines)
    *adjectives, noun = title.lower().split()
    nouns = (noun, *_list(values.get("also", "")))
    place = values.get("in", "nowhere")
    return Item(title, nouns, tuple(adjectives), place, "fixed" in values, values.get("text", ""))


def _list(text):
    return [part.strip() for part in text.split(",") if part.strip()]
