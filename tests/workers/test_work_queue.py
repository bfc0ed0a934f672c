"""Workers stop, wake late, write twice, and their clocks differ: nothing is lost, nothing counts twice."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from harness.errors import ResultsError
from harness.results.compaction import compact
from harness.results.objects import Folder
from harness.results.store import parquet_bytes, table_of
from harness.workers.items import Item, read, read_part_name, written
from harness.workers.leases import LEASE_S, Lease, Leases, Refused
from harness.workers.work_queue import Held, WorkQueue
from tests.rows import row
from tests.workers.memory import Memory

ITEMS = [
    Item("a" if n < 3 else "b", "math", "1.0", "single", tuple(f"s{n}-{k}" for k in range(3)))
    for n in range(6)
]
SAMPLES = {sample for item in ITEMS for sample in item.samples}
PLACES = 3


@dataclass
class Machine:
    """A worker; ``asleep`` it does nothing, and does not know that time goes by."""

    queue: WorkQueue
    asleep: bool = False
    done: dict[str, list[str]] = field(default_factory=dict)  # samples by id of the item
    held: dict[str, Held] = field(default_factory=dict)


class Interleaving:
    """What workers do and what befalls them, drawn by a seed, with a check after each step."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.store = Memory()
        self.machines: list[Machine] = []
        self.born = 0
        self._queue(0.0).add(ITEMS)

    def play(self, steps: int) -> None:
        acts = (self.take, self.answer, self.answer, self.finish, self.split, self.renew, self.kill)
        for _ in range(steps):
            befalls = self.rng.random()
            if befalls < 0.15 or not any(not machine.asleep for machine in self.machines):
                self.begin()
            elif befalls < 0.3:
                self.store.now += self.rng.choice([1.0, 19.0, LEASE_S + 1])
            elif befalls < 0.4:
                machine = self.rng.choice(self.machines)
                machine.asleep = not machine.asleep
            else:
                awake = [machine for machine in self.machines if not machine.asleep]
                self.rng.choices(acts, [6, 3, 3, 5, 2, 3, 1])[0](self.rng.choice(awake))
            self.check()
        self.end()

    def _queue(self, ahead: float) -> WorkQueue:
        self.born += 1
        leases = Leases(self.store, f"{self.born:08x}", lambda: self.store.now + ahead)
        return WorkQueue(self.store, leases, self.born % PLACES, PLACES, in_order=self.born % 2 == 0)

    def begin(self) -> None:
        """Clocks of machines have nothing to do with each other."""
        if len(self.machines) >= PLACES:
            self.machines.pop(0)
        ahead = self.rng.choice([0.0, -5_000.0, 77.7, 1e9])
        self.machines.append(Machine(self._queue(ahead)))

    def take(self, machine: Machine) -> None:
        model = self.rng.choice(["a", "b", ""])
        held = machine.queue.take(lambda item: item.model.startswith(model))
        if held is not None:
            assert held.item.id not in machine.held
            machine.held[held.item.id] = held
            machine.done[held.item.id] = []

    def answer(self, machine: Machine) -> None:
        for one, held in machine.held.items():
            left = [sample for sample in held.item.samples if sample not in machine.done[one]]
            machine.done[one] += left[: self.rng.randint(0, 2)]

    def finish(self, machine: Machine) -> None:
        """As far as it has come; perhaps the connection broke, and all of it is sent again."""
        if machine.held:
            one = self.rng.choice(list(machine.held))
            held, done = machine.held.pop(one), machine.done[one]
            rest = [sample for sample in held.item.samples if sample not in done]
            for _ in range(self.rng.randint(1, 2)):
                machine.queue.finish(held, json.dumps(done).encode() if done else None, rest)

    def split(self, machine: Machine) -> None:
        for one, held in list(machine.held.items()):
            done = machine.done[one]
            rest = [sample for sample in held.item.samples if sample not in done]
            if done and rest:
                del machine.held[one]
                kept = machine.queue.split(held, json.dumps(done).encode(), rest)
                if kept is not None:
                    machine.held[kept.item.id], machine.done[kept.item.id] = kept, []

    def renew(self, machine: Machine) -> None:
        for one, held in list(machine.held.items()):
            renewed = machine.queue.renew(held)
            if renewed is None:
                del machine.held[one]
            else:
                machine.held[one] = renewed

    def kill(self, machine: Machine) -> None:
        self.machines.remove(machine)

    def check(self) -> None:
        """Whoever stops now, nothing is lost; and who looks at the clock never does what another one does."""
        parts, done = self._parts()
        items = [
            item
            for name, file in self.store.files.items()
            if name.startswith("_items/")
            for item in read(file.content, name)
        ]
        waiting = {sample for item in items if item.id not in done for sample in item.samples}
        assert parts | waiting == SAMPLES
        holding = [
            one
            for machine in self.machines
            for one, held in machine.held.items()
            if machine.queue.leases.holds(held.lease)
        ]
        assert len(holding) == len(set(holding))

    def _parts(self) -> tuple[set[str], set[str]]:
        parts = {name: part for name in self.store.files if (part := read_part_name(name))}
        samples = {sample for name in parts for sample in json.loads(self.store.files[name].content)}
        return samples, {part.item for part in parts.values()}

    def end(self) -> None:
        """However it was left, one more worker brings it to an end."""
        self.store.now += LEASE_S + 1
        queue = self._queue(12.0)
        while (held := queue.take(lambda item: True)) is not None:
            queue.finish(held, json.dumps(held.item.samples).encode())
        assert queue.left == []
        assert self._parts()[0] == SAMPLES


def test_nothing_is_lost_whatever_befalls_the_workers() -> None:
    for seed in range(25):
        Interleaving(seed).play(80)


def queue_of(
    store: Memory, worker: str, place: int = 0, places: int = 1, *, in_order: bool = False
) -> WorkQueue:
    return WorkQueue(store, Leases(store, worker, lambda: store.now), place, places, in_order=in_order)


def test_places_begin_with_other_items_and_end_with_each_others() -> None:
    store = Memory()
    queue_of(store, "0" * 8).add(ITEMS)
    first, second = (queue_of(store, str(place) * 8, place, 2) for place in (0, 1))
    taken: list[tuple[int, int]] = []
    for _ in range(3):
        for place, queue in enumerate((first, second)):
            held = queue.take(lambda item: True)
            assert held is not None
            taken.append((place, ITEMS.index(held.item)))
    assert [number for place, number in taken if place == 0] == [0, 1, 2]
    assert [number for place, number in taken if place == 1] == [3, 4, 5]
    assert first.take(lambda item: True) is None


def test_in_order_what_comes_first_is_taken_first_by_whoever_is_there() -> None:
    store = Memory()
    queue_of(store, "0" * 8).add(ITEMS)
    alone = queue_of(store, "1" * 8, 1, 3, in_order=True)
    numbers = []
    while held := alone.take(lambda item: True):
        numbers.append(ITEMS.index(held.item))
    assert numbers == [1, 4, 0, 2, 3, 5], "its own in order, then all others in order"


def test_many_items_cost_a_listing_at_the_beginning_and_few_requests_each() -> None:
    """No listing in the hot path: 400 items, of which each takes a lease, a part and the end of the lease."""
    store, many = Memory(), [Item("m", "s", "1", "single", (f"s{n}",)) for n in range(400)]
    queue_of(store, "0" * 8).add(many)
    queue = queue_of(store, "1" * 8)
    queue.refresh()
    store.requests = dict.fromkeys(store.requests, 0)
    for _ in many:
        held = queue.take(lambda item: True)
        assert held is not None
        queue.finish(held, b"rows")
    requests = dict(store.requests)
    assert requests["list"] == 0
    assert requests["put"] <= 3 * 400 + 1 and requests["get"] <= 2


def test_a_lease_that_is_over_is_taken_over_and_its_owner_learns_of_it() -> None:
    store = Memory()
    slow, quick = (Leases(store, worker * 8, lambda: store.now) for worker in "ab")
    lease = slow.take("x")
    assert isinstance(lease, Lease) and slow.holds(lease)
    refused = quick.take("x")
    assert isinstance(refused, Refused) and refused.until == store.now + LEASE_S
    store.now += LEASE_S - 1
    assert not slow.holds(lease), "a moment before others may have it"
    assert isinstance(quick.take("x"), Refused)
    store.now += 2
    taken = quick.take("x")
    assert isinstance(taken, Lease) and taken.attempt == 2
    assert slow.renew(lease) is None
    slow.end(lease, "done")
    assert quick.renew(taken) is not None, "who is late changes nothing"


def test_a_request_that_was_answered_twice_is_one_lease() -> None:
    """The answer to the first was lost on the way, and the client has sent it again."""
    store = Memory()
    leases = Leases(store, "a" * 8, lambda: store.now)
    lost = leases.take("x")
    again = leases.take("x")
    assert isinstance(lost, Lease) and isinstance(again, Lease)
    assert again.attempt == lost.attempt
    assert leases.renew(lost) is not None, "the same worker's, whichever version it knows"


@pytest.mark.parametrize(
    "line", [b"{}", b"[]", b"x", b'{"model": 1, "suite": "", "version": "", "settings": "", "samples": []}']
)
def test_a_file_that_is_none_of_items_is_one_line(line: bytes) -> None:
    assert [*read(written(ITEMS), "f")] == ITEMS
    with pytest.raises(ResultsError, match=r"^_items/x:7: is no item of a run; start the run again$"):
        [*read(written(ITEMS) + line, "_items/x")]


def test_items_whose_parts_were_compacted_are_done(tmp_path: Path) -> None:
    objects = Folder(tmp_path / "run")
    queue = WorkQueue(objects, Leases(objects, "0000000a"))
    queue.add(ITEMS[:2])
    for _ in range(2):
        held = queue.take(lambda item: True)
        assert held is not None
        rows = [row(run_id="run", sample_id=sample) for sample in held.item.samples]
        queue.finish(held, parquet_bytes(table_of(rows)))
    assert compact(Folder(tmp_path), "run").after == 1
    other = WorkQueue(objects, Leases(objects, "0000000b"))
    other.refresh()
    assert (len(other.items), other.left) == (2, [])


def test_what_a_resume_wants_again_is_told_by_names() -> None:
    """Of a sample in several items the last one counts: the rest of another one, or what was asked again."""
    store, (whole, other, *_) = Memory(), ITEMS
    queue = queue_of(store, "0" * 8)
    queue.add([whole, other])
    first, second = queue.take(lambda item: item == whole), queue.take(lambda item: item == other)
    assert first and second
    queue.finish(first, b"rows", whole.samples[1:])
    queue.finish(second, b"rows", unsettled=True)
    assert queue.settled() == dict.fromkeys(whole.samples, "a"), "the rest is a waiting item"
    rest = queue.take(lambda item: item.samples == whole.samples[1:])
    assert rest
    queue.finish(rest, b"rows", unsettled=True)
    fresh = queue_of(store, "1" * 8)
    fresh.refresh()
    assert fresh.settled() == {whole.samples[0]: "a"}
    again = replace(other, round=1)
    fresh.add([again])
    third = fresh.take(lambda item: item == again)
    assert third
    fresh.finish(third, b"rows")
    assert fresh.settled() == {whole.samples[0]: "a", **dict.fromkeys(other.samples, "a")}
