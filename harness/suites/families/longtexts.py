"""Questions about a long text: what they ask about stands in it where it is said, or not at all."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from harness.fieldtypes import Between
from harness.suites.families.base import Drawn
from harness.suites.families.chronicle import MEAN, Chronicle, Fact, draw_code, draw_key, key_sentence

Kind = Literal["lookup", "keys", "hops", "counting", "contradiction", "absent", "extraction"]
Size = Literal["none", "needle", "2k", "8k", "32k", "128k", "256k", "1m"]
SIZES: Mapping[str, int] = {  # tokens of the windows into which texts fit
    "2k": 2_048, "8k": 8_192, "32k": 32_768, "128k": 131_072, "256k": 262_144, "1m": 1_048_576,
}  # fmt: skip
CHARACTERS = 2.9  # of the text for each token of the window: names and numbers have many tokens
_CONTROLS = {"none": "without the text", "needle": "the facts alone"}
_EASIER = {"none": "beginner", "needle": "beginner", "2k": "beginner", "8k": "intermediate"}
_BESIDE = 900  # characters of what stands around the text
NOWHERE = "not stated"
_SPREAD = 0.1  # of the text, on either side, in which facts lie that belong together


@dataclass(frozen=True, slots=True)
class LongTexts:
    """``depth`` is where the fact stands, in hundredths of the text.

    The sizes ``none`` and ``needle`` are controls: without the text, and with nothing but the facts. The prompt has places for the ``document`` and the ``question``.
    """

    kind: Kind
    size: Size
    depth: Annotated[int, Between(0, 100)] = 50

    def next(self, rng: random.Random) -> Drawn:
        """A text that nobody has read, a question and its answer."""
        asked = _KINDS[self.kind](self.depth / 100, rng)
        text = self._text(asked, rng)
        reference, grader = asked.answer, {}
        if asked.lines:
            reference = json.dumps(text.numbers(asked.lines))
            wrong = [json.dumps(text.numbers(lines)) for lines in asked.wrong_lines]
        else:
            wrong = [answer for answer in asked.wrong if answer != reference]
        if asked.labels:
            grader = {"labels": sorted({*asked.labels, NOWHERE}), "aliases": _NOWHERE_TOO}
        beyond = {"control": _CONTROLS[self.size]} if self.size in _CONTROLS else {"context_tier": self.size}
        difficulty = _EASIER.get(self.size, "advanced")
        shown: Any = "(There is no text.)" if self.size == "none" else text
        return Drawn(
            {"document": shown, "question": asked.question},
            reference,
            wrong,
            grader,
            {"category": self.kind, "difficulty": difficulty, **beyond},
        )

    def _text(self, asked: _Asked, rng: random.Random) -> Chronicle:
        facts = tuple(asked.facts)
        room = SIZES.get(self.size, 0) * CHARACTERS - _BESIDE - sum(len(text) for _, text in facts)
        keys = "ACEGJLNQ" if self.kind in ("keys", "absent") else ""
        seed = f"{rng.getrandbits(64):x}"
        return Chronicle(seed, max(0, int(room / MEAN)), facts, bool(asked.lines), keys)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, the facts that it is about, and its answer; ``labels`` are what might be answered."""

    question: str
    facts: Sequence[Fact]
    answer: str = ""
    wrong: Sequence[str] = ()
    labels: Sequence[str] = ()
    lines: Sequence[str] = ()  # facts whose lines are the answer
    wrong_lines: Sequence[Sequence[str]] = ()


def _lookup(depth: float, rng: random.Random) -> _Asked:
    names, habits = rng.sample(_NAMES, 8), rng.sample(_HABITS, 8)
    sentences = [habit.format(name) for name, (habit, _) in zip(names, habits, strict=True)]
    facts = [(depth, sentences[0]), *_anywhere(sentences[1:], rng)]
    answers = (*names[1:3], NOWHERE, ", ".join(names))
    return _Asked(habits[0][1], facts, names[0], answers, names)


def _keys(depth: float, rng: random.Random) -> _Asked:
    key = draw_key("RSVWXYZ", rng)
    pairs = {one: draw_code(rng) for one in (key, *_alike(key, rng))}
    sentences = [key_sentence(one, code) for one, code in pairs.items()]
    codes = [*pairs.values()]
    facts = [(depth, sentences[0]), *_anywhere(sentences[1:], rng)]
    question = f"With which number does locker {key} open?"
    return _Asked(question, facts, codes[0], (*codes[1:3], NOWHERE, " ".join(codes)), codes)


def _hops(depth: float, rng: random.Random) -> _Asked:
    names = rng.sample(_NAMES, 20)
    chains = [names[at : at + 5] for at in range(0, 20, 5)]
    links = [f"{a} owes {b} money." for chain in chains for a, b in itertools.pairwise(chain)]
    facts = [(depth, links[0]), *_anywhere(links[1:], rng)]
    own = chains[0]
    question = (
        f"{own[0]} owes somebody money, who owes somebody money, and so on. Whom does one come to after four such "
        f"steps, beginning with {own[0]}?"
    )
    return _Asked(question, facts, own[4], (own[3], own[1], chains[1][4], ", ".join(names)), names)


def _counting(depth: float, rng: random.Random) -> _Asked:
    ship, *others = rng.sample(_SHIPS, 4)
    count = rng.randint(3, 9)
    days = rng.sample([(day, month) for day in range(1, 29) for month in _SPRING], count + 12)
    stays = [f"The {ship} stayed in harbour on the {day} of {month}." for day, month in days[:count]]
    beside = [
        f"The {rng.choice(others)} stayed in harbour on the {day} of {month}."
        for day, month in days[count : count + 8]
    ]
    beside += [f"The {ship} put to sea on the {day} of {month}." for day, month in days[count + 8 :]]
    low, high = max(0.0, depth - _SPREAD), min(1.0, depth + _SPREAD)
    facts = [(low + (high - low) * at / (count - 1), text) for at, text in enumerate(stays)]
    wrong = (count - 1, count + 1, count + 4, NOWHERE, " ".join(map(str, range(25))))
    question = f"On how many days did the {ship} stay in harbour?"
    numbers = [str(number) for number in range(25)]
    return _Asked(question, [*facts, *_anywhere(beside, rng)], str(count), [*map(str, wrong)], numbers)


def _contradiction(depth: float, rng: random.Random) -> _Asked:
    things = rng.sample(_BUILDINGS, 6)
    years = rng.sample(range(1611, 1890), 7)
    built = [f"The {thing} was built in {year}." for thing, year in zip(things, years, strict=False)]
    similar = [
        f"Everybody knows the {thing}, which dates from {year}."
        for thing, year in zip(things, years, strict=False)
    ]
    denied = f"Everybody knows the {things[0]}, which dates from {years[6]}."
    other = depth + 0.5 if depth < 0.5 else depth - 0.5
    facts = [(depth, built[0]), (other, denied), *_anywhere([*built[1:], *similar[1:4]], rng)]
    question = "Two of the numbered notes contradict each other. Which two?"
    every = [text for _, text in facts]
    return _Asked(
        question, facts, lines=[built[0], denied],
        wrong_lines=[[built[0]], [built[1], similar[1]], [built[0], similar[1]], every],
    )  # fmt: skip


def _absent(depth: float, rng: random.Random) -> _Asked:
    """A question of one of two other kinds, whose fact was left out; what is most like it stands at the depth."""
    asked = rng.choice((_lookup, _keys))(depth, rng)
    (_, _), (_, nearest), *others = asked.facts
    wrong = [label for label in asked.labels if label != asked.answer]
    return _Asked(
        asked.question, [(depth, nearest), *others], NOWHERE, (*wrong[:3], " ".join(wrong)), asked.labels
    )


def _extraction(depth: float, rng: random.Random) -> _Asked:
    quay, *others = rng.sample(_QUAYS, 4)
    ships, goods = rng.sample(_SHIPS, 12), rng.sample(_CARGO, 12)
    landed = [
        f"The {ship} landed {good} at the {quay} quay."
        for ship, good in zip(ships[:5], goods[:5], strict=True)
    ]
    beside = [
        f"The {ship} landed {good} at the {rng.choice(others)} quay."
        for ship, good in zip(ships[5:], goods[5:], strict=True)
    ]
    entities = [
        {"type": kind, "text": text}
        for ship, good in zip(ships[:5], goods[:5], strict=True)
        for kind, text in (("ship", ship), ("cargo", good))
    ]
    every = [
        {"type": kind, "text": text} for kind, texts in (("ship", ships), ("cargo", goods)) for text in texts
    ]
    question = f"Which ships landed something at the {quay} quay, and what was it?"
    wrong = [json.dumps(answer) for answer in (entities[:-1], entities[:2], every, [])]
    return _Asked(question, _anywhere([*landed, *beside], rng), json.dumps(entities), wrong)


_KINDS: Mapping[Kind, Callable[[float, random.Random], _Asked]] = {
    "lookup": _lookup,
    "keys": _keys,
    "hops": _hops,
    "counting": _counting,
    "contradiction": _contradiction,
    "absent": _absent,
    "extraction": _extraction,
}


def _anywhere(texts: Sequence[str], rng: random.Random) -> list[Fact]:
    return [(rng.random(), text) for text in texts]


def _alike(key: str, rng: random.Random) -> list[str]:
    """Keys that are easily taken for this one."""
    letters, digits, last = key.split("-")
    swapped = digits[0] + digits[2] + digits[1] + digits[3]
    near = [f"{letters[::-1]}-{digits}-{last}", f"{letters}-{swapped}-{last}"]
    near += [f"{letters}-{digits}-{other}" for other in "ABCDEF" if other != last]
    near += [f"{letters}-{digits[:3]}{digit}-{last}" for digit in "0123456789" if digit != digits[3]]
    near = [one for one in dict.fromkeys(near) if one != key]
    return rng.sample(near, 10)


_NOWHERE_TOO = dict.fromkeys(
    ("not mentioned", "not given", "unknown", "the text does not say", "not stated in the text", "nobody"),
    NOWHERE,
)
_HABITS = (  # what is said of somebody, and a question about it that shares no word with it
    ("{} keeps bees behind the old mill.", "Who could give a neighbour some honey?"),
    ("{} tunes pianos all winter.", "Who knows about instruments with strings?"),
    (
        "{} grinds lenses in a shed by the canal.",
        "Who could help somebody that cannot read without spectacles?",
    ),
    ("{} mends boots at the corner of the market.", "To whom should one go with a hole in a sole?"),
    ("{} bakes rye loaves before dawn.", "Who could provide bread for breakfast?"),
    ("{} shears sheep for half the district.", "Who has most to do with wool?"),
    ("{} binds ledgers in calf leather.", "Who works on books?"),
    ("{} digs graves in two parishes.", "Who earns something whenever somebody dies?"),
    ("{} blows bottles from green sand.", "Who makes things of glass?"),
    ("{} trains falcons on the heath.", "Who works with birds?"),
    ("{} cannot tell red from green.", "Who would have trouble with the colours of a signal?"),
    ("{} lost a leg at the sawmill.", "Who walks on something carved?"),
    ("{} has touched no meat since childhood.", "Who would refuse a roast?"),
    ("{} wakes screaming when lightning strikes.", "Who is afraid of thunder?"),
    ("{} was born on the twenty-ninth of February.", "Who has a birthday only every fourth year?"),
    ("{} speaks with the deaf by hand.", "Who has learned a language of signs?"),
    ("{} repairs the clock in the tower.", "Who could help when a watch stands still?"),
    ("{} distils gin from juniper.", "Who produces strong drink?"),
    ("{} paints portraits of brides.", "Who might sell a picture of a wedding?"),
    ("{} raises silkworms on mulberry leaves.", "Who supplies the makers of fine cloth?"),
    ("{} draws charts for the admiralty.", "Who could warn a captain of shoals?"),
    ("{} plays the organ on Sundays.", "Who makes music in church?"),
    ("{} dips wicks into tallow.", "Who could help somebody that sits in the dark?"),
    ("{} carries letters over the pass.", "Who brings the post across the mountains?"),
)
_NAMES = (
    *(
        "Amrit",
        "Basile",
        "Chiara",
        "Dmitri",
        "Eleni",
        "Farouk",
        "Gwen",
        "Hamid",
        "Ines",
        "Jomo",
        "Katja",
        "Lorcan",
    ),
    *(
        "Mirela",
        "Nilo",
        "Oriana",
        "Pavel",
        "Qadir",
        "Ronja",
        "Sefa",
        "Tomasz",
        "Uma",
        "Vasco",
        "Wanja",
        "Xavier",
    ),
    *(
        "Yusuf",
        "Zora",
        "Anouk",
        "Bogdan",
        "Celeste",
        "Duarte",
        "Emeka",
        "Fiora",
        "Goran",
        "Hilmar",
        "Iskra",
        "Jarek",
    ),
    *("Kwame", "Ludo", "Maja", "Nestor"),
)
_SHIPS = (
    *(
        "Albatross",
        "Bluebell",
        "Comet",
        "Dolphin",
        "Evening Star",
        "Fortune",
        "Gannet",
        "Hopewell",
        "Iris",
        "Juno",
    ),
    *("Kingfisher", "Lapwing", "Mermaid", "Northwind", "Osprey", "Petrel"),
)
_CARGO = (
    *(
        "saffron",
        "indigo",
        "amber",
        "cork",
        "marble",
        "molasses",
        "pepper",
        "sulphur",
        "walnuts",
        "ivory",
        "cinnamon",
    ),
    *("mahogany", "quicksilver", "raisins"),
)
_QUAYS = ("north", "south", "customs", "royal", "lower", "timber")
_BUILDINGS = (
    *(
        "corn exchange",
        "lighthouse",
        "stone bridge",
        "orphanage",
        "town gate",
        "observatory",
        "bath house",
        "granary",
    ),
    *("arsenal", "chapel on the rock"),
)
_SPRING = ("March", "April", "May")
