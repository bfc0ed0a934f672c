"""The allocation is the best one: the fixture, brute force over small cases, and one of the size wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from math import inf
from random import Random

import pytest

from harness.planning import allocation, annealing
from harness.planning.allocation import allocate, least_memory
from harness.planning.problem import Allocation, Option, Problem, measure, worth

MODELS = {"A14": (9, 0.8), "B32": (19.9, 1.3), "C7": (4.7, 0.45), "D1": (0.9, 0.1)}
ROLES = {"planner": (2, 1), "coder": (3, 2), "classifier": (1, 4)}
QUALITY = {
    "A14": (0.80, 0.70, 0.90),
    "B32": (0.90, 0.88, 0.92),
    "C7": (0.60, 0.78, 0.85),
    "D1": (0.30, 0.20, 0.80),
}
FIXTURE = Problem(
    [
        Option(role, model, weight * quality, slots, slots * kv)
        for model, (_, kv) in MODELS.items()
        for (role, (weight, slots)), quality in zip(ROLES.items(), QUALITY[model], strict=True)
    ],
    {model: weights for model, (weights, _) in MODELS.items()},
    capacity=0,
)


@pytest.mark.parametrize(
    ("capacity", "value", "models", "memory"),
    [
        (28.8, 5.24, ("B32", "B32", "D1"), 25.1),
        (21.6, 4.74, ("A14", "C7", "D1"), 16.7),
        (14.4, 4.50, ("A14", "A14", "D1"), 12.7),
        (7.2, 3.54, ("C7", "C7", None), 6.05),
    ],
)
def test_the_fixture(capacity: float, value: float, models: tuple[str, ...], memory: float) -> None:
    best = allocate(replace(FIXTURE, capacity=capacity))
    held = tuple(best.options[role].server if role in best.options else None for role in ROLES)
    assert (round(best.value, 6), held, round(best.bytes, 6)) == (value, models, memory)
    assert best.by == "milp" and not best.turns


def every(problem: Problem) -> Iterator[Allocation]:
    """All allocations that the bounds allow."""
    roles = sorted({option.role for option in problem.options})
    choices = [[None, *(option for option in problem.options if option.role == role)] for role in roles]
    for chosen in product(*choices):
        if made := measure(problem, [option for option in chosen if option]):
            yield made


def small_case(rng: Random) -> Problem:
    servers = {f"s{i}": rng.uniform(0.5, 20) for i in range(rng.randint(1, 4))}
    options = []
    for role in (f"r{i}" for i in range(rng.randint(1, 4))):
        weight, slots = rng.choice((0.5, 1, 2, 3)), rng.randint(1, 6)
        for server in servers:
            if rng.random() < 0.8:
                kv = rng.uniform(0.05, 1.5)
                options.append(Option(role, server, weight * rng.random(), slots, slots * kv))
        if rng.random() < 0.3:
            options.append(Option(role, None, weight * rng.uniform(-0.2, 0.9)))
    return Problem(options, servers, rng.uniform(1, 45), most_instances=rng.randint(1, 2))


@pytest.mark.parametrize(
    ("few", "seed", "cases", "kind"),
    [
        (allocation.FEW, 19, 200, {}),
        (0, 20, 40, {"every": True}),
        (0, 21, 20, {}),
        (0, 22, 20, {"in_turns": True}),
        (allocation.FEW, 23, 20, {"in_turns": True}),
    ],
)
def test_small_cases_are_those_of_brute_force(
    few: int, seed: int, cases: int, kind: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hundred by HiGHS alone; some by all that large ones are given."""
    monkeypatch.setattr(allocation, "FEW", few)
    monkeypatch.setattr(allocation, "LARGE_TIME_LIMIT_S", 10)
    monkeypatch.setattr(annealing, "_STEPS", 200)
    rng = Random(seed)
    served = 0
    for _ in range(cases):
        problem = replace(small_case(rng), turn=0.05, **kind)  # type: ignore[arg-type]
        best, allowed = allocate(problem), best_of_all(problem)
        if allowed is None:
            assert len(best.options) < len({option.role for option in problem.options})
        else:
            assert worth(problem, best) == pytest.approx(worth(problem, allowed), abs=1e-9), problem
            assert best.bytes == pytest.approx(allowed.bytes, abs=1e-9) and not best.short, problem
        served += len(best.options)
    assert served > cases, "the cases are not empty"


def best_of_all(problem: Problem) -> Allocation | None:
    """By brute force; ``None`` where not every role can be served that must be."""
    roles = {option.role for option in problem.options}
    allowed = [made for made in every(problem) if not problem.every or set(made.options) == roles]
    value = max((worth(problem, made) for made in allowed), default=0.0)
    best = [made for made in allowed if worth(problem, made) > value - 1e-9]
    return min(best, key=lambda made: made.bytes, default=None)


def test_a_search_that_is_ended_knows_what_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any time for HiGHS, and with two steps of annealing only."""
    monkeypatch.setattr(allocation, "FEW", 0)
    monkeypatch.setattr(allocation, "LARGE_TIME_LIMIT_S", 0)
    monkeypatch.setattr(annealing, "_STEPS", 2)
    worse = proven = 0
    for seed in range(60):
        problem = small_case(Random(seed))
        made, best = allocate(problem), best_of_all(problem)
        assert best and made.value - 1e-9 <= best.value <= made.value + made.short + 2e-6
        worse += made.value < best.value - 1e-9
        proven += not made.short
    assert worse and proven


def test_a_tie_goes_to_the_smaller_then_to_the_first_by_name() -> None:
    for names in (("a", "b"), ("b", "a")):
        same = [Option("role", name, 0.7, 1, 1.0) for name in names]
        assert allocate(Problem(same, {"a": 5, "b": 5}, 20)).options["role"].server == "a"
        smaller = allocate(Problem(same, {"a": 5, "b": 4}, 20))
        assert (smaller.options["role"].server, smaller.bytes) == ("b", 5)
        pair = [Option(role, name, 0.7, 1, 1.0) for role in ("x", "y") for name in names]
        both = allocate(Problem(pair, {"a": 5, "b": 5}, 20))
        assert [option.server for option in both.options.values()] == ["a", "a"]


def test_every_role_is_served_before_any_is_served_well() -> None:
    most = allocate(replace(FIXTURE, capacity=7.5))
    every_one = allocate(replace(FIXTURE, capacity=7.5, every=True))
    assert set(every_one.options) == set(ROLES) and every_one.value <= most.value
    impossible = allocate(replace(FIXTURE, capacity=1.5, every=True))
    assert impossible.by == "greedy" and set(impossible.options) == {"classifier"}


def test_the_least_memory_is_a_bound_and_exact_where_nobody_shares() -> None:
    rng = Random(8)
    for _ in range(30):
        problem = replace(small_case(rng), capacity=100, most_instances=4)
        roles = {option.role for option in problem.options}
        made = [one.bytes for one in every(problem) if set(one.options) == roles]
        assert least_memory(problem) <= min(made) + 1e-6
    alone = [Option(f"r{i}", f"s{i}", 1.0, 1, 0.5) for i in range(3)]
    assert least_memory(Problem(alone, {"s0": 1, "s1": 2, "s2": 3}, 4)) == pytest.approx(7.5)


def test_in_turns_servers_share_the_room_of_the_largest() -> None:
    options = [Option(name, name, 1.0, 1, 0.5) for name in ("big", "large", "small")]
    servers = {"big": 15.0, "large": 12.0, "small": 1.0}
    side_by_side = allocate(Problem(options, servers, 20))
    assert set(side_by_side.options) == {"large", "small"} and not side_by_side.turns
    turned = allocate(Problem(options, servers, 20, in_turns=True))
    assert set(turned.options) == set(servers) and turned.turns == ("big", "large")
    assert turned.bytes == 15.5 + 1.5
    assert not allocate(Problem(options, servers, 40, in_turns=True)).turns, "there is room for all"


def test_without_a_solution_in_time_a_greedy_one_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allocation, "_solve", lambda problem: (None, inf))
    best = allocate(replace(FIXTURE, capacity=28.8))
    assert (
        best.short == inf
        and best.by == "greedy"
        and best.bytes <= 28.8
        and best.options["coder"].server == "B32"
    )


def test_nothing_to_place_is_an_empty_allocation() -> None:
    assert allocate(Problem([], {}, 10)).options == {}
    assert allocate(Problem([Option("r", "s", 1.0, 1, 1)], {"s": 5}, 0)).options == {}


def test_twenty_roles_and_sixty_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Solved all but exactly; its time is measured by ``scripts.bench planning``."""
    monkeypatch.setattr(allocation, "LARGE_TIME_LIMIT_S", 10)
    rng = Random(60)
    servers = {f"m{i:02}": rng.uniform(0.6, 24) for i in range(60)}
    options = [
        Option(f"r{r:02}", name, rng.choice((1, 2, 3)) * rng.uniform(0.1, 0.95), slots, slots * size / 15)
        for r in range(20)
        for slots in (rng.randint(1, 4),)
        for name, size in servers.items()
    ]
    best = allocate(Problem(options, servers, 28.8, most_slots=8, most_instances=4))
    assert best.by == "milp" and len(best.options) == 20 and best.bytes <= 28.8
    assert best.short < 0.01 * best.value, "the search may be ended, but not far from the best"
