"""Sums in many wordings and short word problems, with exact answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import gcd, lcm
from random import Random

from . import word_problems
from .grammar import Grammar, lines, words

ENDING = "\nAnswer with a number only."
Draw = Callable[[Random], dict[str, int]]


def size(rng: Random) -> int:
    """An upper bound for operands; small ones are the most frequent."""
    return rng.choice((9, 12, 20, 20, 50, 50, 100, 100, 200, 500, 1000))


def any_pair(rng: Random) -> dict[str, int]:
    """Two operands of any order, sometimes of different sizes."""
    return {"a": rng.randint(1, size(rng)), "b": rng.randint(1, size(rng))}


def small_pair(rng: Random) -> dict[str, int]:
    """Two operands of one or two digits."""
    return {
        "a": rng.randint(1, rng.choice((10, 20, 60, 100))),
        "b": rng.randint(1, rng.choice((10, 20, 60, 100))),
    }


def falling(rng: Random) -> dict[str, int]:
    """Two operands, the first one larger."""
    a = rng.randint(3, max(9, size(rng)))
    return {"a": a, "b": rng.randint(1, a - 1)}


def factors(rng: Random) -> dict[str, int]:
    """Two factors, mostly from the small table."""
    a, b = rng.randint(2, 12), rng.randint(2, rng.choice((9, 12, 12, 20, 25, 60)))
    return {"a": a, "b": b} if rng.random() < 0.5 else {"a": b, "b": a}


def exact(rng: Random) -> dict[str, int]:
    """A dividend and a divisor without remainder."""
    b, quotient = rng.randint(2, 12), rng.randint(2, rng.choice((10, 12, 20, 40)))
    return {"a": b * quotient, "b": b}


def uneven(rng: Random) -> dict[str, int]:
    """A dividend and a divisor with or without remainder."""
    return {"a": rng.randint(5, rng.choice((30, 60, 100, 200))), "b": rng.randint(2, 12)}


def three(rng: Random) -> dict[str, int]:
    """Three small summands."""
    top = rng.choice((9, 20, 50, 100))
    return {key: rng.randint(1, top) for key in "abc"}


def shrinking(rng: Random) -> dict[str, int]:
    """A stock and two withdrawals that it can bear."""
    b, c = rng.randint(1, 40), rng.randint(1, 40)
    return {"a": b + c + rng.randint(1, 60), "b": b, "c": c}


def product_and(rng: Random) -> dict[str, int]:
    """Two factors and something to add."""
    return {"a": rng.randint(2, 12), "b": rng.randint(2, 20), "c": rng.randint(1, 40)}


def product_from(rng: Random) -> dict[str, int]:
    """Two factors and a larger whole ``c``."""
    a, b = rng.randint(2, 12), rng.randint(2, 12)
    return {"a": a, "b": b, "c": a * b + rng.randint(1, 60)}


def product_less(rng: Random) -> dict[str, int]:
    """Two factors and a smaller ``c``."""
    a, b = rng.randint(2, 12), rng.randint(3, 20)
    return {"a": a, "b": b, "c": rng.randint(1, a * b - 1)}


def shared_rest(rng: Random) -> dict[str, int]:
    """``a`` less ``b``, which ``c`` divides."""
    c, b = rng.randint(2, 9), rng.randint(1, 20)
    return {"a": b + c * rng.randint(2, 15), "b": b, "c": c}


def percent(rng: Random) -> dict[str, int]:
    """A percentage with a whole result."""
    a = rng.choice((5, 10, 10, 15, 20, 20, 25, 25, 30, 40, 50, 50, 60, 75, 80))
    step = {5: 20, 10: 10, 15: 20, 20: 5, 25: 4, 30: 10, 40: 5, 50: 2, 60: 5, 75: 4, 80: 5}[a]
    return {"a": a, "b": step * rng.randint(2, rng.choice((12, 25, 50)))}


def mean_of(rng: Random) -> dict[str, int]:
    """Three numbers with a whole mean."""
    middle, gap, shift = rng.randint(4, 40), rng.randint(1, 4), rng.randint(-2, 2)
    return {"a": middle - gap, "b": middle + 2 * shift, "c": middle + gap - 2 * shift}


def single(rng: Random) -> dict[str, int]:
    """One small number."""
    return {"a": rng.randint(2, rng.choice((12, 20, 50)))}


def progression(rng: Random) -> dict[str, int]:
    """Three terms with equal gaps."""
    a, gap = rng.randint(1, 40), rng.choice((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -1, -2, -3))
    return {"a": a, "b": a + gap, "c": a + 2 * gap}


def multiples(rng: Random) -> dict[str, int]:
    """Two numbers with a common divisor."""
    common = rng.randint(1, 12)
    return {"a": common * rng.randint(1, 9), "b": common * rng.randint(1, 9)}


def even_product(rng: Random) -> dict[str, int]:
    """Two factors, the first one even."""
    return {"a": 2 * rng.randint(1, 15), "b": rng.randint(2, 20)}


def equation(rng: Random) -> dict[str, int]:
    """Coefficients of a * x + b = c with a whole x."""
    a, b = rng.randint(2, 9), rng.randint(1, 30)
    return {"a": a, "b": b, "c": a * rng.randint(1, 15) + b}


@dataclass(frozen=True)
class Family:
    """Wordings of one calculation."""

    draw: Draw
    result: str  # an expression over the operands
    plain: list[str]
    stories: list[str]


DRAWS: dict[str, Draw] = {
    draw.__name__: draw
    for draw in (
        *(any_pair, falling, factors, exact, uneven, three, shrinking, product_and, product_from),
        *(product_less, shared_rest, percent, mean_of, single, progression, multiples, even_product),
        equation,
    )
}
KNOWN = {"gcd": gcd, "lcm": lcm}


def families(table: str) -> list[Family]:
    """The families of ``word_problems``."""
    found: list[Family] = []
    for line in table.strip().split("\n"):
        if line.startswith("  "):
            (found[-1].plain if line[2] == "=" else found[-1].stories).append(line[4:])
        else:
            draw, _, result = line.partition(": ")
            found.append(Family(DRAWS[draw], result, [], []))
    return found


LISTS = {
    "name": words(
        """Anna, Ben, Carla, Dan, Eva, Finn, Gina, Hugo, Ida, Jon, Kim, Leo, Mia, Nora, Olaf, Pia, Ruth,
        Sam, Tina, Uwe, Vera, Will, Yara, Zoe, Mr Brown, Mrs Lind, the teacher, the baker, a farmer,
        my aunt, the shopkeeper, a girl, a boy, a worker"""
    ),
    "things": words(
        """apples, pears, books, coins, stamps, marbles, cards, eggs, pens, bottles, chairs, tickets,
        stickers, cakes, shells, plants, balloons, bricks, buttons, cookies, oranges, candles, plates,
        letters, photos, beads, tiles, tomatoes, boxes, keys"""
    ),
    "holder": words(
        """box, bag, shelf, basket, crate, row, tray, packet, jar, drawer, carton, page, table, room,
        bus, carriage"""
    ),
    "holders": words(
        """boxes, bags, shelves, baskets, crates, rows, trays, packets, jars, drawers, cartons, tables,
        rooms, buses"""
    ),
    "unit": words(
        """euros, dollars, pounds, coins, points, kilos, litres, metres, kilometres, minutes, hours,
        pages, steps"""
    ),
    "item": words(
        """ticket, book, lamp, shirt, pen, cake, toy, plant, bottle, chair, meal, mug, ball, scarf, game,
        notebook"""
    ),
    "go": words("""Calculate, Compute, Work out, Find, Give, Determine, Evaluate"""),
    "how": words("""How many, Count how many, Say how many, Tell me how many"""),
    "people": words(
        """children, friends, people, guests, pupils, workers, players, families, teams, neighbours"""
    ),
}

FAMILIES = families(word_problems.FAMILIES)
GRAMMAR = Grammar(LISTS)


def question(rng: Random, stories: float) -> tuple[str, str]:
    """A prompt and its answer; ``stories`` is the share of word problems."""
    while True:
        family = rng.choice(FAMILIES)
        wordings = family.stories if rng.random() < stories else family.plain
        if wordings:
            break
    numbers = family.draw(rng)
    text = GRAMMAR.expand(rng, rng.choice(wordings)).strip().format(**numbers)
    return text[0].upper() + text[1:] + ENDING, str(eval(family.result, KNOWN, dict(numbers)))


TERMS = (
    "{a} + {b}",
    "{a} - {b}",
    "{a} * {c}",
    "{a} + {b} - {c}",
    "{a} - {b} + {c}",
    "{a} * {c} + {b}",
    "{a} + {b} * {c}",
)
TERM_WORDINGS = lines(
    """
    What is the (value|result) of TERM?
    What (does TERM make|number is TERM|is TERM worth|do you get for TERM)?
    (<go>|Quickly:) TERM
    """
)


def term(rng: Random) -> tuple[str, str]:
    """A prompt with one or two operations on small numbers."""
    shape = rng.choice(TERMS)
    top = 12 if "*" in shape else rng.choice((10, 30, 99))
    numbers = {"a": rng.randint(1, top), "b": rng.randint(1, rng.choice((10, 99))), "c": rng.randint(1, 12)}
    text = shape.format(**numbers)
    wording = GRAMMAR.expand(rng, rng.choice(TERM_WORDINGS))
    return wording.replace("TERM", text) + ENDING, str(eval(text))


Formula = tuple[str, Draw, Callable[..., int]]
FORMULAS: list[Formula] = [
    ("+", any_pair, lambda a, b: a + b),
    ("+", any_pair, lambda a, b: a + b),
    ("-", any_pair, lambda a, b: a - b),
    ("-", falling, lambda a, b: a - b),
    ("*", factors, lambda a, b: a * b),
    ("/", exact, lambda a, b: a // b),
    ("%", uneven, lambda a, b: a % b),
    ("% of", percent, lambda a, b: a * b // 100),
]
SMALL_FORMULAS: list[Formula] = [
    ("+", small_pair, lambda a, b: a + b),
    ("-", small_pair, lambda a, b: a - b),
    *FORMULAS[4:],
]


def bare_sum(rng: Random) -> tuple[str, str]:
    """A formula up to its equals sign, and the result."""
    return formula(rng, FORMULAS)


def small_sum(rng: Random) -> tuple[str, str]:
    """A formula with small operands."""
    return formula(rng, SMALL_FORMULAS)


def formula(rng: Random, formulas: list[Formula]) -> tuple[str, str]:
    """One of the formulas, and its result."""
    sign, draw, result = rng.choice(formulas)
    numbers = draw(rng)
    return f"{numbers['a']} {sign} {numbers['b']} = ", str(result(*numbers.values()))
