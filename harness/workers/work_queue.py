"""The items of a run as one worker sees them. Every step is a few requests; one listing tells all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from harness.results.compaction import covers_of
from harness.results.objects import Objects
from harness.workers.items import ITEMS, Item, part_name, read, read_part_name, written
from harness.workers.leases import LEASE_S, Lease, Leases

LEASES = "_leases"


@dataclass(frozen=True, slots=True)
class Held:
    """An item that this worker has leased."""

    item: Item
    lease: Lease


class WorkQueue:
    """Takes items, and says what became of them."""

    def __init__(
        self, objects: Objects, leases: Leases, place: int = 0, places: int = 1, *, in_order: bool = False
    ) -> None:
        """A worker has one of some ``places``: it begins with other items than those at the other places."""
        self.leases = leases
        self.items: dict[str, Item] = {}
        self._objects, self._place, self._places, self._in_order = objects, place, places, in_order
        self._read: set[str] = set()  # files of items, and parts
        self._done: set[str] = set()
        self._unsettled: set[str] = set()
        self._next: dict[str, None] = {}  # ids in the order in which they are to be taken
        self._own: set[str] = set()  # leased by this worker
        self._busy: dict[str, float] = {}  # leased until then, by the keeper's clock

    @property
    def left(self) -> list[Item]:
        """What was not done when it was last looked at."""
        return [item for item in self.items.values() if item.id not in self._done]

    def settled(self) -> dict[str, str]:
        """Samples that a resume does not want again, unless it asks errors again, with their models.

        Of several items with a sample the last one counts: what was asked again, or the rest of another.
        """
        done = (item for one, item in self.items.items() if one in self._done)
        model_of: dict[str, str] = {}
        for item in sorted(done, key=lambda item: (item.round, -len(item.samples))):
            for sample in item.samples:
                if item.id in self._unsettled:
                    model_of.pop(sample, None)
                else:
                    model_of[sample] = item.model
        return model_of

    def refresh(self) -> None:
        """See what others have done: one listing, and the files of items that are new."""
        for listed in self._objects.list():
            if listed.name.startswith(f"{ITEMS}/") and listed.name not in self._read:
                stored = self._objects.get(listed.name)
                if stored is not None:
                    self.items |= {item.id: item for item in read(stored.content, listed.name)}
                    self._read.add(listed.name)
            elif listed.name.startswith(f"{LEASES}/"):
                self._busy[listed.name.rpartition("/")[2]] = listed.modified + LEASE_S
            elif listed.name not in self._read:
                self._note_parts(listed.name)
        self._next = dict.fromkeys(self._sides()[0])

    def _note_parts(self, name: str) -> None:
        """Items whose parts are there are done, also where these were compacted into a merged one."""
        self._read.add(name)
        for part in map(read_part_name, covers_of(self._objects, name)):
            if part is not None:
                self._done.add(part.item)
                if part.unsettled:
                    self._unsettled.add(part.item)

    def take(self, wanted: Callable[[Item], bool]) -> Held | None:
        """Lease an item that is wanted; ``None`` where all of them are done or leased by others.

        After that it is worth asking again when others may have done something, or have stopped.
        """
        held = self._first(wanted)
        if held is None:
            self.refresh()
            self._next = dict.fromkeys(chain(*self._sides()))
            held = self._first(wanted)
        return held

    def _sides(self) -> tuple[list[str], list[str]]:
        """What is left, by id: what this place begins with, and what the others do, the last ones first.

        ``in_order``: in turns, so that what comes first is taken first. Otherwise a stretch a place, since
        neighbours are of the same model.
        """
        place, places, ids = self._place, self._places, list(self.items)
        start, end = (len(ids) * one // places for one in (place, place + 1))
        if self._in_order:
            own, others = ids[place::places], ids
        else:
            own, others = ids[start:end], (ids[end:] + ids[:start])[::-1]
        left = self.items.keys() - self._done
        return [one for one in own if one in left], [one for one in others if one in left]

    def _first(self, wanted: Callable[[Item], bool]) -> Held | None:
        now = self.leases.now()
        for one in self._next:
            item = self.items[one]
            if one in self._own or self._busy.get(one, now) > now or not wanted(item):
                continue
            got = self.leases.take(f"{LEASES}/{one}")
            if isinstance(got, Lease):
                self._own.add(one)
                del self._next[one]
                return Held(item, got)
            self._busy[one] = float("inf") if got.done else got.until
        return None

    def renew(self, held: Held) -> Held | None:
        """Keep an item for another minute; ``None`` where another worker has it by now."""
        lease = self.leases.renew(held.lease)
        if lease is None:
            self._own.discard(held.item.id)
            self._busy[held.item.id] = self.leases.now() + LEASE_S
            return None
        return Held(held.item, lease)

    def finish(
        self, held: Held, rows: bytes | None, rest: Sequence[str] = (), *, unsettled: bool = False
    ) -> None:
        """Write the rows that there are as a part; the samples without one become an item before that.

        Without rows the item is left to others as it is. Whoever has it by now: it is done twice then.
        """
        item, lease = held.item, held.lease
        self._own.discard(item.id)
        if rows is None:
            self.leases.end(lease, "free")
            self._busy.pop(item.id, None)
            return
        if rest:
            self.add([item.of(rest)])
        self._write(held, rows, unsettled=unsettled)
        if unsettled:
            self._unsettled.add(item.id)

    def split(self, held: Held, rows: bytes, rest: Sequence[str], *, unsettled: bool = False) -> Held | None:
        """Write the rows that there are as a part, and keep the rest as an item of its own."""
        remainder = held.item.of(rest)
        got = self.leases.take(f"{LEASES}/{remainder.id}")
        if isinstance(got, Lease):
            self._own.add(remainder.id)
        self.finish(held, rows, rest, unsettled=unsettled)
        return Held(remainder, got) if isinstance(got, Lease) else None

    def _write(self, held: Held, rows: bytes, *, unsettled: bool) -> None:
        name = part_name(held.item, held.lease.attempt, self.leases.worker, unsettled=unsettled)
        self._objects.put(name, rows)
        self._done.add(held.item.id)
        self.leases.end(held.lease, "done")

    def add(self, items: Sequence[Item]) -> None:
        """Put items into the queue, of which some may be there."""
        self._objects.put(f"{ITEMS}/{items[0].id}-{len(items)}.jsonl", written(items))
        self.items |= {item.id: item for item in items}
