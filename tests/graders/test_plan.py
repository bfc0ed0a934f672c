"""Plans are checked by what they do, whichever they are; optima by brute force where that is quick."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from itertools import chain, combinations, permutations, product
from pathlib import Path
from typing import Any

import pytest

from harness.graders import build_grader
from harness.graders.plan import Plan
from harness.graders.plans import base, choice, placement, route, schedule
from harness.graders.plans.choice import Choice
from harness.graders.plans.placement import Placement
from harness.graders.plans.route import Route
from harness.graders.plans.schedule import Schedule
from harness.records import Completion, Suite, Task
from harness.suites import load_suite
from tests.graders.tasks import task

FOLDER = Path(__file__).parents[2] / "suites" / "planning"
FITTERS = Plan(
    schedule=Schedule(
        {"A": 3, "B": 2, "C": 4, "D": 2, "E": 1, "F": 3},
        ("ann", "bob"),
        {name: {"after": [*jobs]} for name, jobs in {"C1": "CA", "C2": "DB", "C3": "EC", "C4": "ED"}.items()},
    ),
    optimum=8,
    bound=8,
)  # fmt: skip
VANS = Plan(
    placement=Placement(
        {"lamp": 4, "desk": 8, "rug": 5},
        {"v1": 12, "v2": 12},
        {},
        {"C1": {"apart": ["lamp", "desk"]}},
        "places",
    ),
    optimum=2,
    bound=2,
)
TRIP = Plan(
    choice=Choice(
        {"tent": 20, "lamp": 5, "chairs": 4},
        {"tent": {"euros": 90}, "lamp": {"euros": 15}, "chairs": {"euros": 35}},
        {"C1": {"within": ["euros", 110]}, "C2": {"needs": ["chairs", "lamp"]}},
    ),
    optimum=25,
    bound=25,
)
TOUR = Plan(
    route=Route(("home", "x", "y"), ((0, 5, 9), (5, 0, 2), (9, 2, 0)), {"C1": {"before": ["y", "x"]}}),
    optimum=16,
    bound=16,
)
STUCK = Plan(
    choice=Choice(
        {"a": 1, "b": 1, "c": 1},
        {"a": {"h": 1}, "b": {"h": 1}, "c": {"h": 1}},
        {
            "C1": {"must": ["a"]},
            "C2": {"needs": ["a", "b"]},
            "C3": {"not_both": ["a", "b"]},
            "C4": {"must": ["c"]},
        },
    ),
    conflict=("C1", "C2", "C3"),
)  # fmt: skip


def slots(text: str) -> str:
    """``"A ann 0, B bob 3"`` as a plan."""
    rows = [part.split() for part in text.split(", ")]
    return json.dumps({job: {"worker": worker, "start": int(start)} for job, worker, start in rows})


BEST = slots("A ann 0, B bob 0, D bob 2, C ann 3, F bob 4, E ann 7")
ANSWERS: dict[str, tuple[Plan, str, float, str | None]] = {
    "the optimum": (FITTERS, BEST, 1.0, None),
    "another one": (FITTERS, slots("A bob 0, B ann 0, F ann 2, D ann 5, C bob 3, E ann 7"), 1.0, None),
    "in prose": (FITTERS, f"First the table [A, B].\n{BEST}\nThat takes 8 hours.", 1.0, None),
    "ten hours": (FITTERS, slots("A ann 0, B bob 0, D bob 2, C ann 3, F bob 6, E ann 9"), 0.8, "not_optimal"),
    "two at once": (
        FITTERS,
        slots("A ann 0, B bob 0, D bob 2, C ann 3, F bob 3, E ann 7"),
        0.0,
        "infeasible",
    ),
    "too early": (FITTERS, slots("A ann 0, B bob 0, D bob 2, C ann 3, F bob 5, E bob 4"), 0.0, "infeasible"),
    "a job is missing": (FITTERS, slots("A ann 0, B bob 0, D bob 2, C ann 3, F bob 4"), 0.0, "invalid_plan"),
    "an unknown worker": (FITTERS, BEST.replace("bob", "cy"), 0.0, "invalid_plan"),
    "half an hour": (FITTERS, BEST.replace('"start": 7', '"start": 7.5'), 0.0, "invalid_plan"),
    "before the beginning": (FITTERS, BEST.replace('"start": 7', '"start": -1'), 0.0, "invalid_plan"),
    "true as an hour": (FITTERS, BEST.replace('"start": 0', '"start": true', 1), 0.0, "invalid_plan"),
    "a list": (FITTERS, "[]", 0.0, "malformed_answer"),
    "in an object around it": (FITTERS, f'{{"plan": {BEST}, "end": 8}}', 1.0, None),
    "with a comma too many": (FITTERS, f"```json\n{BEST[:-1]},\n}}\n```\nThat is all.", 1.0, None),
    "names in capitals": (FITTERS, BEST.upper(), 1.0, None),
    "hours as fractions": (FITTERS, BEST.replace('"start": 7', '"start": 7.0'), 1.0, None),
    "no plan": (FITTERS, "A and B first, then the others", 0.0, "malformed_answer"),
    "called impossible": (FITTERS, '{"impossible": ["C1"]}', 0.0, "not_impossible"),
    "vans": (VANS, '{"lamp": "v1", "desk": "v2", "rug": "v1"}', 1.0, None),
    "a full van": (VANS, '{"lamp": "v1", "desk": "v2", "rug": "v2"}', 0.0, "infeasible"),
    "not apart": (VANS, '{"lamp": "v1", "desk": "v1", "rug": "v2"}', 0.0, "infeasible"),
    "a place that there is not": (VANS, '{"lamp": "v1", "desk": ["v1"], "rug": "v2"}', 0.0, "invalid_plan"),
    "a choice": (TRIP, '["tent", "lamp"]', 1.0, None),
    "a smaller choice": (TRIP, '["lamp", "chairs"]', 9 / 25, "not_optimal"),
    "too dear": (TRIP, '["tent", "lamp", "chairs"]', 0.0, "infeasible"),
    "one without the other": (TRIP, '["chairs"]', 0.0, "infeasible"),
    "an option twice": (TRIP, '["tent", "tent"]', 0.0, "invalid_plan"),
    "nothing": (TRIP, "[]", 0.0, "not_optimal"),
    "a round": (TOUR, 'The way: ["y", "x"]', 1.0, None),
    "the other way round": (TOUR, '["x", "y"]', 0.0, "infeasible"),
    "the start again": (TOUR, '["home", "y", "x"]', 0.0, "invalid_plan"),
    "the conflict": (STUCK, '{"impossible": ["C3", "C1", "C2"]}', 1.0, None),
    "a name too many": (STUCK, '{"impossible": ["C3", "C1", "C2", "C4"]}', 0.75, "wrong_conflict"),
    "impossible, it does not say why": (STUCK, '{"impossible": []}', 0.0, "wrong_conflict"),
    "impossible, as a text": (STUCK, '{"impossible": "C1, C2 and C3"}', 1.0, None),
    "impossible, with a reason": (
        STUCK,
        '{"Impossible": ["c1", "C2", "C3"], "reason": "no time"}',
        1.0,
        None,
    ),
    "impossible, and why elsewhere": (
        STUCK,
        '{"impossible": true, "constraints": ["C1"]}',
        1 / 3,
        "wrong_conflict",
    ),
    "impossible, whatever that means": (STUCK, '{"impossible": 3}', 0.0, "invalid_plan"),
    "a plan where there is none": (STUCK, '["a", "b", "c"]', 0.0, "infeasible"),
}


def misjudged() -> list[str]:
    wrong = []
    for name, (plan, answer, score, error) in ANSWERS.items():
        try:
            verdict = plan.grade(task("{}"), Completion(output=answer))
        except ValueError:
            wrong.append(name)
            continue
        if (verdict.passed, verdict.error_type) != (score == 1, error) or abs(verdict.score - score) > 1e-12:
            wrong.append(name)
    return wrong


def test_every_answer_is_judged_as_the_table_says() -> None:
    assert misjudged() == []


def _none(*_: Any) -> list[str]:
    return []


@pytest.mark.parametrize(
    ("where", "name", "mutation"),
    [
        (schedule, "broken_constraints", _none),  # too lenient: constraints do not count
        (placement, "broken_constraints", _none),
        (choice, "broken_constraints", _none),
        (route, "broken_constraints", _none),
        (schedule, "combinations", _none),  # too lenient: a worker does everything at once
        (placement, "Counter", lambda: dict.fromkeys(("v1", "v2"), -99)),  # too lenient: a van holds anything
        (Plan, "_of_conflict", lambda self, names: FITTERS.grade(task("{}"), Completion(output=BEST))),
        (Schedule, "cost", lambda self, plan: 8),  # too lenient: whatever it takes
        (
            schedule.Slot,
            "meets",
            lambda self, start, end: self.start <= end and start <= self.end,
        ),  # too strict
        (Choice, "most", False),  # too strict: little is wanted where much should be
    ],
)
def test_a_mutated_grader_is_caught(
    monkeypatch: pytest.MonkeyPatch, where: Any, name: str, mutation: Any
) -> None:
    monkeypatch.setattr(where, name, mutation)
    assert misjudged()


@pytest.mark.parametrize(
    ("rule", "arguments", "plan", "holds"),
    [
        ("by", ["A", 3], "A ann 0", True),
        ("by", ["A", 3], "A ann 1", False),
        ("from", ["A", 1], "A ann 1", True),
        ("from", ["A", 2], "A ann 1", False),
        ("only", ["A", "bob", "cy"], "A ann 0", False),
        ("only", ["A", "ann", "bob"], "A bob 0", True),
        ("apart", ["A", "B"], "A ann 0, B bob 2", False),
        ("apart", ["A", "B"], "A ann 0, B bob 3", True),
        ("away", ["ann", 3, 5], "A ann 0", True),
        ("away", ["ann", 2, 5], "A ann 0", False),
        ("away", ["bob", 0, 9], "A ann 0", True),
        ("not_during", ["A", 0, 1], "A ann 0", False),
        ("not_during", ["A", 3, 9], "A ann 0", True),
    ],
)
def test_rules_of_schedules(rule: str, arguments: list[Any], plan: str, holds: bool) -> None:
    lengths = {job: hours for job, hours in {"A": 3, "B": 2}.items() if job in plan.replace("ann", "")}
    problem = Schedule({"A": 3, "B": 2}, ("ann", "bob", "cy"), {"C1": {rule: arguments}})
    part = Schedule(lengths, problem.workers)
    assert (
        base.broken_constraints(problem.constraints, problem.RULES, part.read(json.loads(slots(plan)))) == []
    ) is holds


@pytest.mark.parametrize(
    ("rule", "arguments", "order", "holds"),
    [
        ("before", ["x", "z"], "xyz", True),
        ("before", ["z", "x"], "xyz", False),
        ("by", ["y", 7], "xyz", True),
        ("by", ["y", 6], "xyz", False),
        ("right_after", ["y", "x"], "xyz", True),
        ("right_after", ["z", "x"], "xyz", False),
        ("not_after", ["y", "x"], "xyz", False),
        ("first", ["x"], "xyz", True),
        ("last", ["x"], "xyz", False),
        ("back_by", [13], "xyz", True),
        ("back_by", [12], "xyz", False),
    ],
)
def test_rules_of_rounds(rule: str, arguments: list[Any], order: str, holds: bool) -> None:
    minutes = ((0, 5, 9, 4), (5, 0, 2, 1), (9, 2, 0, 2), (4, 1, 2, 0))
    problem = Route(("home", "x", "y", "z"), minutes, {"C1": {rule: arguments}})
    assert (problem.broken(problem.read(list(order))) == []) is holds


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: Plan(optimum=3, bound=3), "exactly one"),
        (lambda: Plan(choice=TRIP.choice), "optimum or a conflict"),
        (lambda: Plan(choice=TRIP.choice, optimum=3, bound=4), "bound"),
        (lambda: Plan(choice=TRIP.choice, conflict=("C9",)), "C9"),
        (lambda: Schedule({"A": 1}, ("ann",), {"C1": {"never": ["A"]}}), "C1"),
        (lambda: Schedule({"A": 1}, ("ann",), {"C1": {"by": ["B", 1]}}), "'B'"),
        (lambda: Route(("home", "x"), ((0, 1),)), "minutes"),
    ],
)
def test_a_task_that_cannot_be_graded_is_refused(make: Callable[[], Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        make()


def test_a_plan_that_is_better_than_the_optimum_is_the_task_s_fault() -> None:
    dearer = Plan(schedule=FITTERS.schedule, optimum=9, bound=9)
    with pytest.raises(ValueError, match="better than the optimum"):
        dearer.grade(task("{}"), Completion(output=BEST))
    possible = Plan(choice=TRIP.choice, conflict=("C1",))
    with pytest.raises(ValueError, match="has a plan after all"):
        possible.grade(task("{}"), Completion(output='["lamp"]'))


# --- the suite ---------------------------------------------------------------


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite(FOLDER)


def _grader(suite: Suite, name: str) -> tuple[Task, Plan]:
    of_suite = next(task for task in suite.tasks if task.id == name)
    grader = build_grader(of_suite)
    assert isinstance(grader, Plan)
    return of_suite, grader


def test_size_of_the_suite(suite: Suite) -> None:
    for family in ("schedule", "calendar", "assignment", "packing", "budget", "route"):
        tasks = [task for task in suite.tasks if task.category == family]
        assert sorted(task.difficulty for task in tasks) == [
            "advanced", "beginner", "intermediate", "intermediate"
        ]  # fmt: skip
        assert sum("conflict" in task.grader.options for task in tasks) == 1
    assert {(task.role, task.measure) for task in suite.tasks} == {("planner", "score")}


def test_the_prompt_says_every_constraint(suite: Suite) -> None:
    for of_suite in suite.tasks:
        _, grader = _grader(suite, of_suite.id)
        problem: Any = grader.problem
        for name, constraint in problem.constraints.items():
            assert f"\n{name}: {base.in_words(constraint, problem.RULES)}.\n" in of_suite.messages[0].content


def _all_plans(problem: Any) -> Iterator[Any]:
    """Every plan of a small problem; of schedules, those in which no job could begin earlier."""
    match problem:
        case Choice():
            options = [*problem.value]
            sizes = range(len(options) + 1)
            yield from map(list, chain.from_iterable(combinations(options, size) for size in sizes))
        case Placement():
            for places in product(problem.capacity, repeat=len(problem.items)):
                yield dict(zip(problem.items, places, strict=True))
        case Route():
            yield from map(list, permutations(problem.places[1:]))
        case Schedule(workers=(first, second)):
            for order in permutations(problem.jobs):
                yield _earliest(problem, order, (first, second))


def _earliest(problem: Schedule, order: tuple[str, ...], workers: tuple[str, str]) -> Any:
    free, ends = dict.fromkeys(workers, 0), dict[str, int]()
    plan: dict[str, Any] = {}
    for job in order:
        needed = [c["after"][1] for c in problem.constraints.values() if c["after"][0] == job]
        worker = min(workers, key=free.__getitem__)
        start = max([free[worker], *(ends.get(first, 99) for first in needed)])
        plan[job] = {"worker": worker, "start": start}
        free[worker] = ends[job] = start + problem.jobs[job]
    return plan


@pytest.mark.parametrize("name", ["two-fitters", "night-shifts", "camping-trip", "model-mix", "milk-round"])
def test_small_optima_by_brute_force(suite: Suite, name: str) -> None:
    _, grader = _grader(suite, name)
    problem = grader.problem
    plans = [problem.read(value) for value in _all_plans(problem)]
    costs = [problem.cost(plan) for plan in plans if not problem.broken(plan)]
    assert (max if problem.most else min)(costs) == grader.optimum


@pytest.mark.parametrize("name", ["course-plan", "museum-cases", "vaccine-run"])
def test_small_conflicts_by_brute_force(suite: Suite, name: str) -> None:
    """Those constraints alone cannot hold; without any one of them all others can."""
    _, grader = _grader(suite, name)
    problem: Any = grader.problem
    plans = [problem.read(value) for value in _all_plans(problem)]
    missing = {frozenset(problem.broken(plan)) for plan in plans}
    assert all(broken & set(grader.conflict) for broken in missing)
    assert {next(iter(broken)) for broken in missing if len(broken) == 1} >= set(grader.conflict)


def test_cheap_tricks_earn_little(suite: Suite) -> None:
    rng = random.Random(1)
    earned: dict[str, float] = dict.fromkeys(("random", "impossible", "all of them", "echo"), 0)
    for of_suite in suite.tasks:
        _, grader = _grader(suite, of_suite.id)
        names = [*grader.problem.constraints]
        answers = {
            "random": grader.guess(of_suite, rng),
            "impossible": '{"impossible": ["C1"]}',
            "all of them": json.dumps({"impossible": names}),
            "echo": of_suite.messages[0].content,
        }
        for name, answer in answers.items():
            earned[name] += grader.grade(of_suite, Completion(output=answer)).score / len(suite.tasks)
    assert earned["random"] < 0.2, earned
    assert max(earned["impossible"], earned["all of them"], earned["echo"]) < 0.15, earned
