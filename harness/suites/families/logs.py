"""Logs with anomalies, from a grammar: every line follows the rules but those that are to be found.

Four kinds of events make up a log: things go through steps, others begin and end, readings are taken, machines
say that they live. Rare messages that break no rule stand between them, so that rarity tells nothing.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from harness.fieldtypes import Between
from harness.suites.families.base import Drawn
from harness.words import listed

Kind = Literal["value", "order", "pair", "rate"]
_SECONDS_A_LINE = 2
_PERIOD, _JITTER = 30, 3  # seconds between two signs of life, and how far off they may be
_OFF = (8, 20)  # seconds beyond a period that are too many, or too few
_STEPS_S, _PAIR_S = (8, 45), (5, 60)  # from one to the next
_SHARES = {"steps": 0.3, "pairs": 0.15, "others": 0.06}  # of the lines
_BOXES = 9  # numbers of things that begin and end, again and again
_START = 8 * 3600


@dataclass(frozen=True, slots=True)
class LogFamily:
    """How long, how many anomalies of which kinds, and the words. A prompt has places for ``rules`` and ``log``."""

    lines: tuple[Annotated[int, Between(20, 5000)], ...]  # fewest and most
    anomalies: tuple[Annotated[int, Between(0, 50)], ...]  # fewest and most
    kinds: tuple[Kind, ...]
    steps: Mapping[str, tuple[str, ...]]  # a thing: what it goes through
    pairs: Mapping[str, tuple[str, ...]]  # a thing: how it begins and ends
    readings: Mapping[str, tuple[int, ...]]  # what is read: lowest and highest
    beats: tuple[str, ...]  # machines
    others: tuple[str, ...]  # messages without a rule

    def __post_init__(self) -> None:
        two = {"pairs": self.pairs, "readings": self.readings}
        for name, entries in two.items():
            if any(len(each) != 2 for each in entries.values()):
                raise ValueError(f"{name}: each must have two: what it begins with, and what it ends with")
        if not all((self.kinds, self.steps, self.pairs, self.readings, self.beats, self.others)):
            raise ValueError("a log needs kinds, steps, pairs, readings, beats and others")
        for name, bounds in {"lines": self.lines, "anomalies": self.anomalies}.items():
            if len(bounds) != 2 or bounds[0] > bounds[1]:
                raise ValueError(f"{name}: must be the fewest and the most")
        if self.anomalies[1] > self.lines[0] // 20:
            raise ValueError("anomalies: more than one in twenty lines")

    def next(self, rng: random.Random) -> Drawn:
        """A log, the numbers of its anomalies, and wrong answers."""
        log, numbers = _draw_log(self, rng)
        return Drawn(
            {"rules": _rules_of(self), "log": log}, json.dumps(numbers), _wrong_answers(numbers, rng)
        )


@dataclass(frozen=True, slots=True)
class Event:
    """A line before it is written: ``of`` is what it belongs to, ``at`` is in seconds."""

    at: int
    text: str
    kind: Literal["value", "order", "pair", "rate", "other"]
    of: str = ""
    odd: bool = False


def _rules_of(spec: LogFamily) -> str:
    """What is normal, in words: the text that a prompt shows."""
    parts = [
        f"- Every {thing} is {', then '.join(steps)}. A step is an anomaly if one before it has not come yet. The "
        "last steps may be missing when the log ends."
        for thing, steps in spec.steps.items()
    ]
    parts += [
        f"- Every {thing} that is {first} is {last} later, before it is {first} again and before the log ends. "
        f"Otherwise the line that says {first} is an anomaly."
        for thing, (first, last) in spec.pairs.items()
    ]
    ranges = [f"{name} from {low} to {high}" for name, (low, high) in spec.readings.items()]
    parts += [
        f"- Readings are normal within these bounds, both included: {', '.join(ranges)}.",
        f"- {listed(spec.beats)} each say that they are alive {_PERIOD} seconds after they last did, {_JITTER} more or "
        "less. A line that comes earlier or later is an anomaly; the next is counted from it.",
        "- All other messages are normal.",
    ]
    return "\n".join(parts)


def _draw_log(spec: LogFamily, rng: random.Random) -> tuple[str, list[int]]:
    """The numbered lines of a log, and the numbers of those that break a rule."""
    count = rng.randint(*spec.lines)
    events = _events(spec, count, rng)
    for number in range(rng.randint(*spec.anomalies)):
        events = _ODD[spec.kinds[number % len(spec.kinds)]](events, spec, rng)
    events.sort(key=lambda event: event.at)
    lines = [f"{number} {_clock(event.at)} {event.text}" for number, event in enumerate(events, 1)]
    return "\n".join(lines), [number for number, event in enumerate(events, 1) if event.odd]


def _wrong_answers(numbers: Sequence[int], rng: random.Random) -> list[str]:
    """Answers that name one too few, none, the lines behind, or one too many."""
    more = sorted({*numbers, max(numbers, default=0) + rng.randint(1, 9)})
    answers = [more, [*numbers[1:]], [], [number + 1 for number in numbers]]
    return [json.dumps(answer) for answer in answers if answer != [*numbers]]


# --- normal lines ------------------------------------------------------------


def _events(spec: LogFamily, count: int, rng: random.Random) -> list[Event]:
    end = count * _SECONDS_A_LINE
    events = [event for name in spec.beats for event in _beats(name, end, rng)]
    for thing, steps in spec.steps.items():
        number = rng.randint(1000, 8000)
        for _ in range(round(count * _SHARES["steps"] / len(steps) / len(spec.steps))):
            number += rng.randint(1, 9)
            events += _steps(f"{thing} {number}", steps, end, rng)
    for thing, words in spec.pairs.items():
        each = round(count * _SHARES["pairs"] / 2 / _BOXES / len(spec.pairs)) + 1
        for box in range(1, _BOXES + 1):
            events += _pairs(f"{thing} {box}", words, end, each, rng)
    for _ in range(round(count * _SHARES["others"])):
        events.append(Event(rng.randrange(end), rng.choice(spec.others), "other"))
    for _ in range(max(count - len(events), count // 10)):
        events.append(_reading(spec, rng.randrange(end), rng))
    return events


def _beats(name: str, end: int, rng: random.Random) -> Iterator[Event]:
    at = rng.randrange(_PERIOD)
    while at < end:
        yield Event(at, f"{name} alive", "rate", name)
        at += _PERIOD + rng.randint(1 - _JITTER, _JITTER - 1)


def _steps(thing: str, steps: Sequence[str], end: int, rng: random.Random) -> Iterator[Event]:
    at = rng.randrange(end - _STEPS_S[0])
    for step in steps:
        if at < end:
            yield Event(at, f"{thing} {step}", "order", thing)
        at += rng.randint(*_STEPS_S)


def _pairs(thing: str, words: Sequence[str], end: int, most: int, rng: random.Random) -> Iterator[Event]:
    at = rng.randint(0, end // 3)
    for _ in range(most):
        last = at + rng.randint(*_PAIR_S)
        if last >= end:
            return
        yield Event(at, f"{thing} {words[0]}", "pair", thing)
        yield Event(last, f"{thing} {words[1]}", "pair", thing)
        at = last + rng.randint(*_PAIR_S)


def _reading(spec: LogFamily, at: int, rng: random.Random) -> Event:
    name = rng.choice([*spec.readings])
    low, high = spec.readings[name]
    return Event(at, f"{name} {rng.randint(low, high)}", "value", name)


# --- anomalies ---------------------------------------------------------------


def _odd_value(events: list[Event], spec: LogFamily, rng: random.Random) -> list[Event]:
    at = _choose(events, "value", rng)
    name = events[at].of
    low, high = spec.readings[name]
    beyond = rng.randint(1, max(1, (high - low) // 8))
    value = high + beyond if low - beyond < 0 or rng.random() < 0.5 else low - beyond
    return _put(events, at, replace(events[at], text=f"{name} {value}", odd=True))


def _odd_order(events: list[Event], spec: LogFamily, rng: random.Random) -> list[Event]:
    """Two steps of one thing, one right behind the other, change places; the earlier line is odd."""
    whole = [one for at, one in enumerate(events[1:]) if events[at].of == one.of and one.kind == "order"]
    touched = {one.of for one in events if one.odd}
    second = events.index(rng.choice([one for one in whole if one.of not in touched]))
    first, last = events[second - 1], events[second]
    events = _put(events, second - 1, replace(first, text=last.text, odd=True))
    return _put(events, second, replace(last, text=first.text))


def _odd_pair(events: list[Event], spec: LogFamily, rng: random.Random) -> list[Event]:
    """The line that ends something becomes a reading."""
    begins = [at for at, one in enumerate(events[:-1]) if _is_pair(one, events[at + 1], spec) and not one.odd]
    at = rng.choice(begins)
    events = _put(events, at + 1, _reading(spec, events[at + 1].at, rng))
    return _put(events, at, replace(events[at], odd=True))


def _odd_rate(events: list[Event], spec: LogFamily, rng: random.Random) -> list[Event]:
    """One sign of life comes early or late, and all later ones of the machine with it."""
    behind = [
        at for at, one in enumerate(events[1:], 1) if one.kind == "rate" and events[at - 1].of == one.of
    ]
    at = rng.choice([at for at in behind if not events[at].odd])
    shift = rng.choice((1, -1)) * rng.randint(*_OFF)
    end = max(event.at for event in events)
    moved = [
        replace(one, at=one.at + shift, odd=one.odd or number == at)
        if one.kind == "rate" and one.of == events[at].of and number >= at
        else one
        for number, one in enumerate(events)
    ]
    return [one for number, one in enumerate(moved) if one.at <= end or number == at]


_ODD = {"value": _odd_value, "order": _odd_order, "pair": _odd_pair, "rate": _odd_rate}


def _choose(events: Sequence[Event], kind: Kind, rng: random.Random) -> int:
    return rng.choice([at for at, one in enumerate(events) if one.kind == kind and not one.odd])


def _is_pair(one: Event, other: Event, spec: LogFamily) -> bool:
    starts = {words[0] for words in spec.pairs.values()}
    return one.kind == other.kind == "pair" and one.of == other.of and one.text.split()[-1] in starts


def _put(events: list[Event], at: int, event: Event) -> list[Event]:
    return [*events[:at], event, *events[at + 1 :]]


def _clock(at: int) -> str:
    minutes, seconds = divmod(_START + at, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
