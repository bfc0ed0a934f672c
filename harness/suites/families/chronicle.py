"""A long text that is made when it is needed: what happened in a valley, sentence by sentence, with facts among it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from harness.documents import Document

EDITION = 1  # of the sentences below: another text is another task
MEAN = 94.5  # characters of a sentence, on average, with the space behind it
_NUMBER, _KEY = 4.5, 41.0  # of the number before a sentence, and of one that tells a key
_PARAGRAPH = 6  # sentences
_EVERY = 12  # sentences tell a key

Fact = tuple[float, str]  # where it stands, from 0 to 1, and the sentence


@dataclass(frozen=True, slots=True)
class Chronicle(Document):
    """So many sentences that no question asks about, and the facts. Where they are ``numbered``, each has a line."""

    seed: str
    sentences: int
    facts: tuple[Fact, ...] = ()
    numbered: bool = False
    keys: str = ""  # letters with which the keys begin that every twelfth sentence tells
    edition: int = EDITION

    @property
    def size(self) -> int:
        """About how many characters it has."""
        each = MEAN + _NUMBER * self.numbered - (MEAN - _KEY) / _EVERY * bool(self.keys)
        return round(self.sentences * each) + sum(len(text) + 1 for _, text in self.facts)

    def text(self) -> str:
        """The text; the same for the same fields."""
        rng = random.Random(f"{self.seed}/{self.edition}")
        lines = _sentences(self.sentences, rng)
        if self.keys:
            keys = (key_sentence(draw_key(self.keys, rng), draw_code(rng)) for _ in lines[::_EVERY])
            lines[::_EVERY] = keys
        for slot, text in reversed(self._placed()):
            lines.insert(slot, text)
        if self.numbered:
            return "\n".join(f"{number} {line}" for number, line in enumerate(lines, 1))
        starts = range(0, len(lines), _PARAGRAPH)
        return "\n\n".join(" ".join(lines[at : at + _PARAGRAPH]) for at in starts)

    def numbers(self, texts: Sequence[str]) -> list[int]:
        """The numbers of the lines in which these facts stand."""
        lines = {text: slot + before + 1 for before, (slot, text) in enumerate(self._placed())}
        return sorted(lines[text] for text in texts)

    def _placed(self) -> list[tuple[int, str]]:
        """The facts in their order, each with the sentences before it that are none."""
        ordered = sorted(self.facts, key=lambda fact: fact[0])
        return [(round(at * self.sentences), text) for at, text in ordered]


def draw_key(letters: str, rng: random.Random) -> str:
    """A key such as ``KT-4417-B``."""
    first, second, last = rng.choice(letters), rng.choice("BDFHKMPT"), rng.choice("ABCDEF")
    return f"{first}{second}-{rng.randrange(1000, 10_000)}-{last}"


def draw_code(rng: random.Random) -> str:
    """Five digits."""
    return str(rng.randrange(10_000, 100_000))


def key_sentence(key: str, code: str) -> str:
    """What is said of a locker."""
    return f"Locker {key} opens with the number {code}."


def _sentences(count: int, rng: random.Random) -> list[str]:
    """All different in a text of usual length, and none that a question asks about."""
    forms, firsts, lasts = (rng.choices(words, k=count) for words in (_FORMS, _FIRST, _LAST))
    places, goods, months = (rng.choices(words, k=count) for words in (_PLACES, _GOODS, _MONTHS))
    others, moods = rng.choices(_FIRST, k=count), rng.choices(_MOODS, k=count)
    days, numbers = rng.choices(range(2, 29), k=count), rng.choices(range(3, 400), k=count)
    drawn = zip(forms, firsts, lasts, places, goods, months, others, moods, days, numbers, strict=True)
    return [
        form.format(a=a, b=b, p=p, g=g, m=m, o=o, f=f, d=d, n=n) for form, a, b, p, g, m, o, f, d, n in drawn
    ]


# a, b: a person; o: another; p: a place; g: goods; m: a month; d: a day; n: a number; f: how it was
_FORMS = (
    "On the {d} of {m} {a} {b} sold {n} sacks of {g} at {p} and walked home {f}.",
    "{a} {b} of {p} wrote to {o} about {n} barrels of {g}, and had no answer before {m}.",
    "In {m} the road to {p} was closed for {d} days, so the {g} went by water.",
    "{a} {b} and {o} argued {f} about the price of {g} until the {d} of {m}.",
    "The council of {p} met on the {d} of {m} and spoke {f} of {g} for an hour.",
    "A cart with {n} baskets of {g} left {p} {f}, and {a} {b} rode behind it.",
    "{o} asked {a} {b} {f} for {n} coins to pay the carrier from {p}.",
    "Rain fell on {p} for {d} days in {m}, and {a} {b} kept the {g} under sailcloth.",
    "The school of {p} received {n} slates from {a} {b} and thanked {o} {f}.",
    "{a} {b} counted {n} geese near {p} on the {d} of {m}, more than {o} had seen.",
    "After the fair at {p} {a} {b} still had {n} pounds of {g}, which {o} took {f}.",
    "The well at {p} was {d} feet deep in {m}; {a} {b} had it measured {f}.",
    "{o} of {p} lent {a} {b} a ladder on the {d} of {m}, and saw it again {f}.",
    "A letter for {a} {b} lay at {p} for {n} days, since {o} had read the name {f}.",
    "{a} {b} planted {n} apple trees above {p} in {m}, and {o} watered them {f}.",
    "In the inn of {p} {a} {b} told {o} {f} how {n} crates of {g} were lost.",
)
_FIRST = (
    *(
        "Adela",
        "Bertram",
        "Clarissa",
        "Dorian",
        "Elspeth",
        "Fabian",
        "Gerda",
        "Hedwig",
        "Ivo",
        "Johanna",
        "Konrad",
    ),
    *(
        "Leonie",
        "Magnus",
        "Nadia",
        "Oswin",
        "Paula",
        "Quentin",
        "Rosalie",
        "Sigmund",
        "Thea",
        "Ulrich",
        "Verena",
    ),
    *("Wendel", "Xenia", "Yorick", "Zita", "Alban", "Birgit", "Cosmo", "Dagny", "Egon", "Frieda"),
)
_LAST = (
    *(
        "Ahlers",
        "Bruck",
        "Carver",
        "Dahlin",
        "Eckert",
        "Falk",
        "Gruber",
        "Holt",
        "Ives",
        "Jessen",
        "Kolb",
        "Lander",
    ),
    *(
        "Moor",
        "Nagel",
        "Olsen",
        "Pratt",
        "Quist",
        "Rask",
        "Storm",
        "Thorn",
        "Udall",
        "Voss",
        "Weiss",
        "Yates",
    ),
)
_PLACES = (
    *(
        "Alderbrook",
        "Birkholm",
        "Cold Ash",
        "Dunmere",
        "Elmsted",
        "Fernhill",
        "Greywater",
        "Hollins",
        "Ingleby",
    ),
    *(
        "Kestrel Gap",
        "Lowfield",
        "Marlstone",
        "Netherby",
        "Oakhanger",
        "Pinnock",
        "Quarley",
        "Ravensey",
        "Sallow",
    ),
    *("Thornwick", "Upper Leas", "Vane", "Whitcombe", "Yarrow", "Barrow End", "Crossing", "Drumlin"),
)
_GOODS = (
    *("barley", "salt", "tar", "rope", "flax", "hops", "slate", "timber", "turnips", "peat", "lime", "linen"),
    *(
        "nails",
        "onions",
        "oats",
        "plums",
        "sand",
        "straw",
        "tin",
        "vinegar",
        "wheat",
        "clay",
        "coal",
        "herring",
    ),
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_MOODS = (
    *(
        "in silence",
        "at length",
        "without haste",
        "in good spirits",
        "with some regret",
        "as usual",
        "in the dark",
    ),
    *("before noon", "against advice", "by mistake", "for the second time", "with great care", "too late"),
)
