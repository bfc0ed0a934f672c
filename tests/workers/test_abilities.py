"""A worker takes what it can do, and leaves the rest to others; what nobody can do is taken all the same."""

from __future__ import annotations

from harness.records import ModelSpec, RateLimits
from harness.workers.abilities import Abilities
from harness.workers.items import Item
from harness.workers.shares import share_of
from tests.workers.memory import Memory

LOCAL, REMOTE = ModelSpec("big", "llama_cpp", "local"), ModelSpec("far", "openai", "groq")
NEEDS = {"rust": frozenset({"rust_tests"}), "go": frozenset({"go_tests"}), "math": frozenset[str]()}


def item(suite: str, model: str) -> Item:
    return Item(model, suite, "1.0", "single", ("s",))


def test_items_find_a_worker_that_is_able_to_take_them() -> None:
    store = Memory()
    rust = Abilities(store, 1, 2, NEEDS, frozenset({"go_tests", "model big"}))
    big = Abilities(store, 1, 2, NEEDS, frozenset({"go_tests", "rust_tests"}))
    every = [(spec, item(suite, spec.id)) for spec in (LOCAL, REMOTE) for suite in NEEDS]

    def taken(abilities: Abilities) -> set[tuple[str, str]]:
        return {(one.suite, one.model) for spec, one in every if abilities.can(spec, one)}

    assert taken(rust) == {("rust", "far"), ("math", "far")}
    assert taken(big) == {("math", "far"), ("math", "big")}
    assert rust.missing([item("go", "big"), item("math", "far")]) == ["go_tests", "model big"]
    rust.tell("one")
    rust.refresh()
    assert ("go", "far") not in taken(rust), "the other one may come yet, and be able to"
    big.tell("two")
    for abilities in (rust, big):
        abilities.refresh()
    nobody = {("go", "far"), ("go", "big"), ("rust", "big")}
    assert taken(rust) == {("rust", "far"), ("math", "far")} | nobody
    assert taken(big) == {("math", "far"), ("math", "big")} | nobody


def test_shares_of_rate_limits_are_the_limit_together() -> None:
    for limit in range(1, 12):
        for places in range(1, 6):
            limits = RateLimits(rpm=limit, tpm=None, concurrency=7 * limit)
            shares = [share_of(limits, place, places) for place in range(places)]
            assert sum(one.rpm or 0 for one in shares if one) == limit
            assert sum(one.concurrency or 0 for one in shares if one) <= 7 * limit
            assert all(one is None or (one.rpm and one.tpm is None) for one in shares)
    assert share_of(RateLimits(), 3, 4) == RateLimits()
