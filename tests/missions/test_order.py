"""As few loads as possible: the figures of a plan made by hand, and every small case by trying all orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.missions.order import Memory, best_order, loads, turns

BY_HAND = [
    ["deepseek"] * 5 + ["olmo"] + ["deepseek"] * 2, ["star"] * 7, ["tiny"] * 4, ["deepseek"] * 3
]  # fmt: skip
SIZES = dict.fromkeys(("deepseek", "olmo", "star", "tiny"), 1.0)


def flat(phases: Sequence[Sequence[str]], memory: Memory) -> list[str]:
    orders = best_order(phases, memory)
    return [phase[at] for phase, order in zip(phases, orders, strict=True) for at in order]


def test_loads_of_the_plan_by_hand() -> None:
    one = Memory(1, SIZES)
    assert loads([name for phase in BY_HAND for name in phase], one) == 6
    assert loads(flat(BY_HAND, one), one) == 5
    pinned = Memory(1, SIZES, frozenset(["deepseek"]))
    assert loads(flat(BY_HAND, pinned), pinned) == 4
    assert loads(flat([[name for phase in BY_HAND for name in phase]], one), one) == 4


def test_every_mission_has_its_place_and_what_needs_the_same_follows_one_another() -> None:
    order = best_order(BY_HAND, Memory(1, SIZES))
    assert [sorted(phase) for phase in order] == [list(range(len(phase))) for phase in BY_HAND]
    assert order[0] == [5, 0, 1, 2, 3, 4, 6, 7] or order[0] == [0, 1, 2, 3, 4, 6, 7, 5]


def test_models_of_other_machines_are_never_loaded() -> None:
    memory = Memory(1, {"here": 1.0})
    sequence = flat([["here", "cloud", "here", "cloud"]], memory)
    assert sequence == ["cloud", "cloud", "here", "here"]
    assert [turn.loaded for turn in turns(sequence, memory)] == [False, False, True, False]


def test_what_is_needed_latest_leaves() -> None:
    memory = Memory(2, dict.fromkeys("abc", 1.0))
    assert turns("abcab", memory)[2].evicted == ("b",)
    assert turns("abcba", memory)[2].evicted == ("a",)


def all_orders(phases: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    if not phases:
        yield []
        return
    for first in set(permutations(phases[0])):
        for rest in all_orders(phases[1:]):
            yield [*first, *rest]


def fewest(sequence: Sequence[str], room: float, sizes: dict[str, float]) -> int:
    """The fewest loads of a sequence, over every way to free memory."""
    held: dict[frozenset[str], int] = {frozenset(): 0}
    for name in sequence:
        after: dict[frozenset[str], int] = {}
        for before, count in held.items():
            options = [before] if name in before else list(parts(before))
            for kept in options:
                now = kept | {name}
                if name not in before and sum(sizes[each] for each in now) > room and kept:
                    continue
                total = count + (name not in before)
                after[now] = min(total, after.get(now, total))
        held = after
    return min(held.values())


def parts(names: frozenset[str]) -> Iterator[frozenset[str]]:
    for bits in range(2 ** len(names)):
        yield frozenset(name for at, name in enumerate(sorted(names)) if bits >> at & 1)


PHASES = st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4), min_size=1, max_size=3)


@settings(max_examples=30)
@given(PHASES, st.integers(1, 3))
def test_the_order_loads_as_few_as_the_best_of_all_orders(phases: list[list[str]], slots: int) -> None:
    sizes = dict.fromkeys("abcd", 1.0)
    memory = Memory(slots, sizes)
    distinct = [sorted(set(phase)) for phase in phases]  # what needs the same follows one another at no loss
    assert loads(flat(phases, memory), memory) == min(
        fewest(order, slots, sizes) for order in all_orders(distinct)
    )


@settings(max_examples=60)
@given(st.lists(st.sampled_from("abcde"), max_size=9), st.integers(1, 3))
def test_nothing_frees_memory_better_than_belady(sequence: list[str], slots: int) -> None:
    sizes = dict.fromkeys("abcde", 1.0)
    assert loads(sequence, Memory(slots, sizes)) == (fewest(sequence, slots, sizes) if sequence else 0)


def test_a_model_larger_than_memory_is_loaded_alone_and_many_models_take_no_time() -> None:
    memory = Memory(10, {"huge": 20.0, "small": 1.0})
    assert turns(["small", "huge", "small"], memory)[1].evicted == ("small",)
    many = [f"model-{number}" for number in range(14)]
    phases = [many, many[::-1], many]
    memory = Memory(3, dict.fromkeys(many, 1.0))
    assert loads(flat(phases, memory), memory) == 14 + 11 + 11
