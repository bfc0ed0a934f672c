"""Items: samples of one model and suite that one worker takes together. Pure.

``RUN/_items/*.jsonl`` has an item a line. ``RUN/part-ITEM-ATTEMPT-WORKER.parquet`` are the rows of one: with
the first of them the item is done. Samples that a part lacks are another item, which was there before.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import groupby
from math import ceil

from harness.errors import ResultsError
from harness.jsontext import parse
from harness.records import WorkItem

ITEMS = "_items"
SAMPLES, _SMALL = 100, 10  # of an item at most; where the order counts, and time
_ROUNDS, _LEAST = 8, 5  # items of a model for each worker, so that all end together; but not of fewer samples
_PART = re.compile(r"part-(?P<item>[0-9a-f]{16})-\d{1,6}-[0-9a-f]{8}(?P<open>-open)?\.parquet")


@dataclass(frozen=True)
class Item:
    """Some samples of one model and suite. ``settings`` is how they are asked, ``round`` how often before."""

    model: str
    suite: str
    version: str
    settings: str
    samples: tuple[str, ...]
    round: int = 0

    @cached_property
    def id(self) -> str:
        """16 hex digits that are equal where the same is asked."""
        asked = (self.model, self.settings, f"{self.suite} {self.version}", str(self.round), *self.samples)
        return hashlib.sha256("\n".join(asked).encode()).hexdigest()[:16]

    def of(self, samples: Sequence[str]) -> Item:
        """An item of some of its samples."""
        return replace(self, samples=tuple(samples))


@dataclass(frozen=True, slots=True)
class PartName:
    """What the name of a part says. ``unsettled``: a resume may want some of its samples again."""

    item: str
    unsettled: bool


def items_of(
    work: Iterable[WorkItem], settings: str, workers: int, *, round: int = 0, in_order: bool = False
) -> list[Item]:
    """The items of samples that come grouped by model and suite.

    They come as the samples do; ``in_order`` the first ones of all models and suites come first, and they are
    small, so that whenever the time is over the same beginnings were asked.
    """
    placed: list[tuple[int, Item]] = []
    for _, of_model in groupby(work, key=lambda one: one.model.id):
        samples = list(of_model)
        equal = max(_LEAST, ceil(len(samples) / (_ROUNDS * workers)))
        most = min(equal, _SMALL if in_order else SAMPLES)
        for _, of_suite in groupby(samples, key=lambda one: one.task.suite):
            group = list(of_suite)
            model, task = group[0].model, group[0].task
            whole = Item(model.id, task.suite, task.suite_version, settings, (), round)
            ids = [one.sample_id for one in group]
            placed += [
                (start if in_order else 0, whole.of(ids[start : start + most]))
                for start in range(0, len(ids), most)
            ]
    return [item for _, item in sorted(placed, key=lambda entry: entry[0])]


def written(items: Iterable[Item]) -> bytes:
    """A file of items."""
    return b"".join(json.dumps(asdict(item)).encode() + b"\n" for item in items)


def read(content: bytes, where: str) -> Iterator[Item]:
    """The items of a file. Raises ``ResultsError`` naming the line."""
    for number, line in enumerate(content.splitlines(), 1):
        try:
            values = parse(line)
            item = Item(**{**values, "samples": tuple(values["samples"])})
            names = (item.model, item.suite, item.version, item.settings, *item.samples)
            if not all(isinstance(name, str) for name in names) or not isinstance(item.round, int):
                raise TypeError
        except (ValueError, TypeError, KeyError):
            raise ResultsError(f"{where}:{number}: is no item of a run; start the run again") from None
        yield item


def part_name(item: Item, attempt: int, worker: str, *, unsettled: bool) -> str:
    """Where the rows of an item lie; no two writers use the same name."""
    return f"part-{item.id}-{attempt}-{worker}{'-open' if unsettled else ''}.parquet"


def settles(name: str) -> bool:
    """Whether a part of this name has settled rows alone: a resume need not read it."""
    part = read_part_name(name)
    return part is not None and not part.unsettled


def read_part_name(name: str) -> PartName | None:
    """What a name says; ``None`` for what is no part of an item."""
    match = _PART.fullmatch(name)
    return PartName(match["item"], match["open"] is not None) if match else None
