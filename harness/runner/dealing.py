"""Dealing out time: how far each model comes in the common order of tasks. Pure.

A step is a task. All models take the same steps in the same order, one task of each suite in turn, so
whatever the time allows is the same beginning of every suite for all of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Pace:
    """What a model's steps take, in seconds, after ``load_s``: 0 where nothing is left to do.

    Models of one ``clock`` take turns; clocks run side by side.
    """

    model: str
    clock: str
    load_s: float
    steps: Sequence[float]


class _Track:
    """The seconds up to each position: before the first step is position 0."""

    def __init__(self, pace: Pace) -> None:
        self.model, self.clock = pace.model, pace.clock
        self.seconds = list(accumulate(pace.steps, initial=0.0))
        self._load_s = pace.load_s

    def to(self, position: int) -> float:
        seconds = self.seconds[position]
        return seconds + self._load_s if seconds else 0.0

    def within(self, seconds: float) -> int:
        """How far it comes alone; steps that take nothing are always taken."""
        return bisect_right(self.seconds, max(0.0, seconds - self._load_s)) - 1


def deal(
    paces: Sequence[Pace], seconds: float, enough: int, share: float = 1.0, before: int = 0
) -> dict[str, int]:
    """The position up to which each model takes its steps, by name, when there are ``seconds``.

    As far as all come together; what is left of a clock goes to its models that are quickest, at most a
    quarter as far again: at twice as far the others, who may come less far than expected, would not be
    compared with them any longer. A model so slow that, for its sake, the others of its clock would not come
    to position ``enough`` has an equal part of the time and goes alone. ``before`` position 0 all have come
    that many steps. With ``share``, only those positions that come first and take that part of the time.
    """
    tracks = [_Track(pace) for pace in paces]
    enough = min([enough, *(len(pace.steps) for pace in paces)])
    left = {track.clock: seconds for track in tracks}
    together, positions = list(tracks), dict[str, int]()
    while together:
        level = _level(together, left)
        if level >= enough or len(together) == 1:
            break
        slow = _slowest(together, left, level, enough)
        part = left[slow.clock] / sum(track.clock == slow.clock for track in together)
        positions[slow.model] = slow.within(part)
        left[slow.clock] -= slow.to(positions[slow.model])
        together.remove(slow)
    most = (before + 5 * _level(together, left)) // 4
    for clock in left:
        members = [track for track in together if track.clock == clock]
        level = min(most, _level(members, left))
        left[clock] -= sum(track.to(level) for track in members)
        positions |= {track.model: level for track in members}
    for track in sorted(tracks, key=lambda track: track.seconds[-1]):
        taken = track.to(positions[track.model])
        further = max(positions[track.model], min(most, track.within(taken + left[track.clock])))
        left[track.clock] -= track.to(further) - taken
        positions[track.model] = further
    if share == 1.0:
        return positions
    level = _level(tracks, dict.fromkeys(left, seconds * share), positions)
    return {model: min(level, position) for model, position in positions.items()}


def _level(tracks: Sequence[_Track], left: Mapping[str, float], most: Mapping[str, int] | None = None) -> int:
    """The last position that all reach together, where nobody goes beyond ``most``."""
    low, high = 0, len(tracks[0].seconds) - 1 if tracks else 0
    while low < high:
        middle = (low + high + 1) // 2
        if _over(tracks, left, middle, most):
            high = middle - 1
        else:
            low = middle
    return low


def _over(
    tracks: Iterable[_Track], left: Mapping[str, float], position: int, most: Mapping[str, int] | None = None
) -> set[str]:
    """The clocks whose time does not do for that position."""
    needed = dict.fromkeys(left, 0.0)
    for track in tracks:
        needed[track.clock] += track.to(min(position, most[track.model]) if most else position)
    return {clock for clock, seconds in needed.items() if seconds > left[clock]}


def _slowest(tracks: Sequence[_Track], left: Mapping[str, float], level: int, enough: int) -> _Track:
    """Who needs most, of those whose clock ends the common way."""
    over = _over(tracks, left, level + 1)
    return max((track for track in tracks if track.clock in over), key=lambda track: track.to(enough))
