"""Sums in many wordings and short word problems, with exact answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import gcd, lcm
from random import Random

from .grammar import Grammar, lines, words

ENDING = "\nAnswer with a number only."
Draw = Callable[[Random], dict[str, int]]


def size(rng: Random) -> int:
    """An upper bound for operands; small ones are the most frequent."""
    return rng.choice((9, 12, 20, 20, 50, 50, 100, 100, 200, 500, 1000))


def any_pair(rng: Random) -> dict[str, int]:
    """Two operands of any order, sometimes of different sizes."""
    return {"a": rng.randint(1, size(rng)), "b": rng.randint(1, size(rng))}


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
    result: Callable[..., int]
    plain: list[str]
    stories: list[str]


LISTS = {
    "name": words(
        """Anna, Ben, Carla, Dan, Eva, Finn, Gina, Hugo, Ida, Jon, Kim, Leo, Mia, Nora, Olaf, Pia, Ruth, Sam, Tina, Uwe, Vera,
        Will, Yara, Zoe, Mr Brown, Mrs Lind, the teacher, the baker, a farmer, my aunt, the shopkeeper, a girl, a boy, a worker"""
    ),
    "things": words(
        """apples, pears, books, coins, stamps, marbles, cards, eggs, pens, bottles, chairs, tickets, stickers, cakes, shells,
        plants, balloons, bricks, buttons, cookies, oranges, candles, plates, letters, photos, beads, tiles, tomatoes, boxes, keys"""
    ),
    "holder": words("box, bag, shelf, basket, crate, row, tray, packet, jar, drawer, carton, page, table, room, bus, carriage"),
    "holders": words("boxes, bags, shelves, baskets, crates, rows, trays, packets, jars, drawers, cartons, tables, rooms, buses"),
    "unit": words("euros, dollars, pounds, coins, points, kilos, litres, metres, kilometres, minutes, hours, pages, steps"),
    "item": words("ticket, book, lamp, shirt, pen, cake, toy, plant, bottle, chair, meal, mug, ball, scarf, game, notebook"),
    "go": words("Calculate, Compute, Work out, Find, Give, Determine, Evaluate"),
    "how": words("How many, Count how many, Say how many, Tell me how many"),
    "people": words("children, friends, people, guests, pupils, workers, players, families, teams, neighbours"),
}

FAMILIES = [
    Family(
        any_pair,
        lambda a, b: a + b,
        lines(
            """
            (<go>|) {a} (+|plus|and) {b}(.|)
            <go> the (sum|total) of {a} and {b}.
            (Add|Sum up) {a} and {b}.
            What (do|will) {a} and {b} (make|add up to|give)( together|)?
            (Increase|Raise) {a} by {b}.
            How much is {a} (plus|and) {b}?
            Which number is {b} (more|greater) than {a}?
            """
        ),
        lines(
            """
            <name> (has|owns|finds|collects) {a} <things> and (gets|buys|is given|finds) {b} more. <how> (are there|does that make)( now| in all|)?
            There are {a} (red|old|small|green) and {b} (blue|new|large|yellow) <things>. <how> <things> are there( altogether| in total|)?
            <name> (walks|rides|drives) {a} kilometres (in the morning|on Monday|today) and {b} kilometres (later|on Tuesday|in the evening). How far is that( in all|)?
            A <holder> holds {a} <things>. {b} (more|others|further ones) are added. <how> are (in it|there) now?
            <name> (pays|spends) {a} <unit> for a <item> and {b} <unit> for a <item>. (How much is that|What is the total|What does it cost together)?
            (A train|A lift|A ship|A bus) carries {a} <people>, and {b} more get on. <how> <people> are on board?
            """
        ),
    ),
    Family(
        any_pair,
        lambda a, b: a - b,
        lines(
            """
            (<go>|) {a} (-|minus|less) {b}(.|)
            <go> the difference {a} - {b}.
            (Subtract|Take|Take away|Remove) {b} from {a}.
            How much is {a} (minus|less) {b}?
            (Decrease|Lower|Reduce) {a} by {b}.
            Which number is {b} (less|smaller) than {a}?
            The temperature is {a} degrees and falls by {b} degrees. What is it (now|then)?
            <name> has {a} (euros|dollars|points) and (loses|spends|must pay) {b}. What is the (balance|score|new balance)?
            """
        ),
        [],
    ),
    Family(
        falling,
        lambda a, b: a - b,
        lines(
            """
            (<go>|) {a} (-|minus|less) {b}(.|)
            How much (more|larger) is {a} than {b}?
            What is (left|the rest) (when|if) {b} is taken from {a}?
            """
        ),
        lines(
            """
            <name> (has|had|owns|bakes|picks) {a} <things> and (gives away|sells|loses|eats|breaks|uses) {b}( of them|). <how> (are left|remain|does that leave)?
            There (are|were) {a} <people> in the <holder>. {b} (leave|go home|get off|walk away). <how> (stay|are left|remain|are still there)?
            A (rope|ribbon|road|plank|wire) is {a} metres long. {b} metres are (cut off|used|finished). (How much is left|How long is the rest|What remains)?
            A <item> costs {b} <unit>. <name> pays with {a} <unit>. How much (change|money) (does <name> get back|comes back|is returned)?
            <name> has {a} <things> and <name> has {b}. How many more (has the first|does the first one have|are that)?
            A book has {a} pages. <name> has read {b}( pages|). <how> pages are (left|unread|still to read)?
            <name> needs {a} <unit> and has {b}( already| so far|). How (many|much) (are|is) (missing|still needed|left to get)?
            """
        ),
    ),
    Family(
        factors,
        lambda a, b: a * b,
        lines(
            """
            (<go>|) {a} (*|x|times|multiplied by) {b}(.|)
            (<go>|) {a} (*|times) {b}(.|)
            <go> the product of {a} and {b}.
            Multiply {a} (by|with) {b}.
            How much is {a} (times|x) {b}?
            """
        ),
        lines(
            """
            (There are|<name> has|A shop has|<name> buys|<name> packs|<name> fills) {a} <holders> (with|of) {b} <things>( each| in each|). <how> <things> are (there|that)( in all| altogether|)?
            (Each|Every|One) <holder> (holds|has|contains) {b} <things>. <how> <things> are in {a} <holders>?
            (One|A) <item> costs {b} <unit>. (What do|How much do) {a} <item>s cost?
            <name> (works|runs|reads|sleeps) {b} (hours|minutes|pages|laps) (a day|each day|every day|per day). How (many|much) (is that|are that) in {a} days?
            A (garden|field|wall|room) is {a} metres long and {b} metres wide. What is its area( in square metres|)?
            {a} <people> (bring|pay|get|carry|eat) {b} <things> each. <how> <things> is that( in total|)?
            A (machine|printer|worker|hen) (makes|produces) {b} <things> (an hour|per hour|a day). <how> in {a} (hours|days)?
            (A car|A train|A cyclist) (drives|travels|goes) {b} kilometres (an hour|per hour). How far (does it get|is it) in {a} hours?
            """
        ),
    ),
    Family(
        exact,
        lambda a, b: a // b,
        lines(
            """
            (<go>|) {a} (/|divided by|:) {b}(.|)
            <go> the quotient of {a} and {b}.
            Divide {a} by {b}.
            How (often|many times) does {b} (go|fit) into {a}?
            """
        ),
        lines(
            """
            {b} <people> share {a} <things> (equally|evenly|fairly). <how> does each (get|one get|receive)?
            {a} <things> are (packed|put|divided|sorted) (into|in) {b} (equal |)<holders>. <how> <things> are in (each|one|every) <holder>?
            (One|Each) <holder> holds {b} <things>. <how> <holders> are needed for {a} <things>?
            {b} <item>s cost {a} <unit>. (What does|How much does) one (cost|<item> cost)?
            <name> reads {a} pages in {b} days, (the same number|equally many) every day. <how> pages (a day|per day)?
            (A car|A train|A bus) (goes|travels) {a} kilometres in {b} hours. How (many kilometres|far) is that (an hour|per hour|in one hour)?
            """
        ),
    ),
    Family(
        uneven,
        lambda a, b: a % b,
        lines(
            """
            (<go>|) {a} (mod|modulo|%) {b}(.|)
            <go> the remainder (of|when) {a} (divided|is divided) by {b}.
            What (is left over|remains) when {a} is divided by {b}?
            """
        ),
        lines(
            """
            {a} <things> are (packed|put) into <holders> of {b}. <how> (are left over|do not fit|remain)?
            {b} <people> share {a} <things> equally. <how> are left over?
            <name> fills full <holders> of {b} from {a} <things>. <how> <things> (stay over|are left)?
            """
        ),
    ),
    Family(
        uneven,
        lambda a, b: -(-a // b),
        [],
        lines(
            """
            (One|Each|A) (bus|boat|van|table|lift) (takes|holds|seats) {b} <people>. How many are needed (for|to carry|so that all|to seat) {a} <people>?
            {a} <things> (must fit|go|are packed) into <holders> (of at most|that hold) {b}. What is the smallest number of <holders>?
            """
        ),
    ),
    Family(
        three,
        lambda a, b, c: a + b + c,
        lines(
            """
            (<go>|) {a} + {b} + {c}(.|)
            (Add|Sum up|<go> the sum of) {a}, {b} and {c}.
            """
        ),
        lines(
            """
            <name> (buys|picks|counts|sells) {a} <things>, then {b} and (finally|later) {c}( more|). <how> is that( in all|)?
            The (sides|walls|legs) of a triangle are {a}, {b} and {c} metres. What is its perimeter?
            (On Monday|First) {a} <people> come, (on Tuesday|then) {b} and (on Wednesday|at last) {c}. <how> <people> (came|is that) in total?
            """
        ),
    ),
    Family(
        shrinking,
        lambda a, b, c: a - b - c,
        lines("(<go>|) {a} - {b} - {c}(.|)"),
        lines(
            """
            <name> has {a} <unit>, (spends|pays) {b} (on a <item>|for a <item>|) and {c} (on|for) a <item>. (How much|How many <unit>) (is|are) left?
            There are {a} <things>. <name> (takes|sells|eats) {b} and <name> (takes|sells|eats) {c}. <how> (remain|are left)?
            """
        ),
    ),
    Family(
        three,
        lambda a, b, c: a + b - c,
        lines("(<go>|) {a} + {b} - {c}(.|)"),
        lines(
            """
            <name> has {a} <things>, (gets|buys|finds) {b} (more|others) and (gives away|loses|sells) {c}. <how> (are there now|are left|does that leave)?
            A bus has {a} <people>. {b} get on and {c} get off. <how> are on the bus( now|)?
            """
        ),
    ),
    Family(
        product_and,
        lambda a, b, c: a * b + c,
        lines(
            """
            (<go>|) {a} (*|times) {b} (+|plus) {c}(.|)
            Multiply {a} by {b} and add {c}.
            """
        ),
        lines(
            """
            <name> (has|buys|fills|packs) {a} <holders> (of|with) {b} <things> (each |)and {c} (single|loose|more|extra) (ones|<things>). <how> <things> is that( in all|)?
            {a} <item>s cost {b} <unit> each and (delivery|the post|the bag|a <item>) costs {c}( <unit>|). What is the (total|full) (price|cost)?
            <name> (earns|saves|gets) {b} <unit> (a week|a day|an hour) and has {c} (already|at the start). How (much|many) after {a} (weeks|days|hours)?
            """
        ),
    ),
    Family(
        product_less,
        lambda a, b, c: a * b - c,
        lines("(<go>|) {a} (*|times) {b} (-|minus) {c}(.|)"),
        lines(
            """
            <name> (has|buys|fills|packs) {a} <holders> (of|with) {b} <things>( each|). {c} (are broken|are sold|are eaten|get lost|are given away). <how> (are left|remain)?
            <name> buys {a} <item>s for {b} <unit> each and has a voucher for {c}( <unit>|). What (is to pay|does <name> pay)?
            """
        ),
    ),
    Family(
        product_from,
        lambda a, b, c: c - a * b,
        lines("(<go>|) {c} - {a} * {b}(.|)"),
        lines(
            """
            <name> has {c} <unit> and buys {a} <item>s (for|at) {b} <unit> each. How much (is left|money is left|change is there)?
            There are {c} <things>. {a} <people> take {b} each. <how> (remain|are left)?
            <name> pays {a} <item>s of {b} <unit> with {c}( <unit>|). How much (change|comes back)?
            """
        ),
    ),
    Family(
        shared_rest,
        lambda a, b, c: (a - b) // c,
        lines("Subtract {b} from {a} and divide (the result |)by {c}."),
        lines(
            """
            <name> has {a} <things>, keeps {b} and (shares|divides) the rest among {c} <people>. <how> does each (get|receive)?
            From {a} <unit>, {b} (are|is) spent; {c} <people> share what is left. How much does each get?
            """
        ),
    ),
    Family(
        percent,
        lambda a, b: a * b // 100,
        lines(
            """
            (<go>|How much is) {a} (%|percent|per cent) of {b}(.|?)
            Take {a} percent of {b}.
            """
        ),
        lines(
            """
            {a} percent of {b} <people> (come by bike|are ill|vote yes|are adults). <how> <people> is that?
            A <item> costs {b} <unit>. The (discount|tax|tip|deposit) is {a} percent. How much is (that|the discount|it)?
            """
        ),
    ),
    Family(
        percent,
        lambda a, b: b - a * b // 100,
        [],
        lines(
            """
            A <item> (costs|cost) {b} <unit> and is now {a} percent cheaper. (What is the new price|What does it cost now)?
            <name> buys a <item> for {b} <unit> with {a} percent off. What (is paid|does <name> pay|is the price)?
            """
        ),
    ),
    Family(
        mean_of,
        lambda a, b, c: (a + b + c) // 3,
        lines("(<go> the|What is the) (mean|average) of {a}, {b} and {c}(.|?)"),
        lines("<name> scores {a}, {b} and {c} points. What is the (average|mean)( score|)?"),
    ),
    Family(
        factors,
        lambda a, b: 2 * (a + b),
        [],
        lines("A (rectangle|garden|field|room) is {a} metres long and {b} metres wide. (What is its perimeter|How long is the fence around it)?"),
    ),
    Family(
        single,
        lambda a: 2 * a,
        lines("(Double {a}.|Twice {a}.|What is the double of {a}?|<go> two times {a}.)"),
        lines("<name> has {a} <things> and <name> has (twice|double) as many. <how> has the second?"),
    ),
    Family(
        single,
        lambda a: a * a,
        lines("(Square {a}.|{a} squared.|<go> the square of {a}.|<go> {a} * {a}.)"),
        lines("A square has sides of {a} (cm|metres). What is its area?"),
    ),
]

SUBJECTS = [
    Family(falling, lambda a, b: a - b, lines("(Solve|Find x:|What number is x in) x + {b} = {a}(.|?)"), []),
    Family(any_pair, lambda a, b: a + b, lines("(Solve|Find x:|What number is x in) x - {a} = {b}(.|?)"), []),
    Family(exact, lambda a, b: a // b, lines("(Solve|Find x:|What number is x in) {b}x = {a}(.|?)"), []),
    Family(
        equation,
        lambda a, b, c: (c - b) // a,
        lines("(Solve|Find x:|What number is x in) {a}x + {b} = {c}(.|?)"),
        lines("I multiply a number by {a}, add {b} and get {c}. What was (the|my) number?"),
    ),
    Family(
        progression,
        lambda a, b, c: 2 * c - b,
        lines("(Continue|Which number follows|What comes after|Give the next number of) {a}, {b}, {c}(, ...|:|?|)"),
        lines("<name> (saves|reads|runs) {a}, then {b}, then {c} <unit> (day after day|in three weeks). What (follows|comes next) if it goes on like this?"),
    ),
    Family(
        multiples,
        gcd,
        lines("(<go>|What is) the (greatest common divisor|highest common factor|gcd) of {a} and {b}(.|?)"),
        [],
    ),
    Family(
        multiples,
        lcm,
        lines("(<go>|What is) the (least common multiple|smallest common multiple|lcm) of {a} and {b}(.|?)"),
        [],
    ),
    Family(three, max, lines("(Which is the largest of|Name the maximum of|Which number is greatest:) {a}, {b}, {c}(.|?)"), []),
    Family(three, min, lines("(Which is the smallest of|Name the minimum of|Which number is least:) {a}, {b}, {c}(.|?)"), []),
    Family(
        three,
        lambda a, b, c: sorted((a, b, c))[1],
        lines("(<go> the median of|What is the median of|Which number lies in the middle:) {a}, {b}, {c}(.|?)"),
        [],
    ),
    Family(
        three,
        lambda a, b, c: max(a, b, c) - min(a, b, c),
        lines("(<go> the range of|How far apart are the largest and the smallest of) {a}, {b} and {c}(.|?)"),
        [],
    ),
    Family(
        even_product,
        lambda a, b: a * b // 2,
        [],
        lines("A triangle has a base of {a} (cm|metres) and a height of {b} (cm|metres). (What is|How large is) its area?"),
    ),
    Family(
        product_and,
        lambda a, b, c: a * b * c,
        lines("(<go>|) {a} * {b} * {c}(.|)"),
        lines("A (box|tank|crate) is {a} cm wide, {b} cm deep and {c} cm high. (What is|How large is) its volume?"),
    ),
    Family(single, lambda a: 4 * a, [], lines("(Each|Every) side of a square (is|measures) {a} (cm|metres). How long is the (way|line) around it?")),
    Family(any_pair, lambda a, b: abs(a - b), lines("How far apart (are|lie) {a} and {b}( on the number line|)?"), []),
    Family(single, lambda a: sum(map(int, str(a))), lines("Add (up |)the digits of {a}."), []),
    Family(single, lambda a: a * (a + 1) // 2, lines("(Add|Sum up) all whole numbers from 1 to {a}."), []),
]
FAMILIES += SUBJECTS

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
    return text[0].upper() + text[1:] + ENDING, str(family.result(*numbers.values()))


def bare_sum(rng: Random) -> tuple[str, str]:
    """A formula up to its equals sign, and the result."""
    sign, draw, result = rng.choice(BARE)
    numbers = draw(rng)
    return f"{numbers['a']} {sign} {numbers['b']} = ", str(result(*numbers.values()))


BARE: list[tuple[str, Draw, Callable[..., int]]] = [
    ("+", any_pair, lambda a, b: a + b),
    ("+", any_pair, lambda a, b: a + b),
    ("-", any_pair, lambda a, b: a - b),
    ("-", falling, lambda a, b: a - b),
    ("*", factors, lambda a, b: a * b),
    ("/", exact, lambda a, b: a // b),
    ("%", uneven, lambda a, b: a % b),
    ("% of", percent, lambda a, b: a * b // 100),
]
