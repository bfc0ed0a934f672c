"""The tasks of the suite ``planning``, with their optima proved by OR-tools.

``pip install ortools`` (not a dependency of harness), then ``python -m scripts.planning_tasks``. The
instances are in ``planning_instances.yaml``. What is written to ``suites/planning/`` is the prompt in words,
the instance, the proved optimum with a plan or, where there is none, the one smallest set of constraints
that cannot hold together.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ortools.sat.python import cp_model

from harness.filesections import read_record
from harness.graders.plans.base import Problem, in_words
from harness.graders.plans.choice import Choice
from harness.graders.plans.placement import Placement
from harness.graders.plans.route import Route
from harness.graders.plans.schedule import Schedule
from harness.words import listed
from harness.yamlfile import read_yaml

FOLDER = Path(__file__).parents[1] / "suites" / "planning"
INSTANCES = Path(__file__).with_name("planning_instances.yaml")
SECONDS = 120.0  # for one proof
SEED = 17


@dataclass(frozen=True)
class Instance:
    """One task: ``story`` opens its prompt; one of the problems is given."""

    id: str
    family: str
    difficulty: str
    story: str
    schedule: Schedule | None = None
    placement: Placement | None = None
    choice: Choice | None = None
    route: Route | None = None

    @property
    def problem(self) -> Problem:
        """The one that is given."""
        problems: tuple[Problem | None, ...] = (self.schedule, self.placement, self.choice, self.route)
        return next(problem for problem in problems if problem is not None)


# --- solving -----------------------------------------------------------------


@dataclass
class Model:
    """A problem as CP-SAT sees it: how constraints are added, the aim, and how a plan is read off."""

    cp: cp_model.CpModel
    add: Callable[..., None]
    aim: Any
    plan: Callable[[cp_model.CpSolver], Any]


def solved(problem: Problem, without: Sequence[str] = ()) -> tuple[int, Any] | None:
    """The proved optimum with a plan in JSON; ``None`` where it is proved that there is none."""
    model = MODELS[type(problem)](problem)
    for name, constraint in problem.constraints.items():
        for rule, arguments in constraint.items():
            if name not in without:
                model.add(rule, *arguments)
    (model.cp.maximize if problem.most else model.cp.minimize)(model.aim)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.random_seed = SECONDS, SEED
    solver.parameters.num_workers = 1
    status = solver.solve(model.cp)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL, solver.status_name(status)
    assert solver.best_objective_bound == solver.objective_value
    return round(solver.objective_value), model.plan(solver)


def conflict(problem: Problem) -> list[str]:
    """The one smallest set of constraints that cannot hold together.

    Whatever set cannot hold has every constraint without which all others can. If those alone
    cannot hold, they are the only smallest set.
    """
    names = [name for name in problem.constraints if solved(problem, [name]) is not None]
    others = [name for name in problem.constraints if name not in names]
    assert names and solved(problem, others) is None, f"more than one smallest set; in all of them: {names}"
    return names


def schedule_model(problem: Schedule) -> Model:
    """Optional intervals: one a job and worker."""
    cp = cp_model.CpModel()
    latest = sum(problem.jobs.values()) + 40
    start = {job: cp.new_int_var(0, latest, job) for job in problem.jobs}
    end = {job: start[job] + hours for job, hours in problem.jobs.items()}
    on = {(job, worker): cp.new_bool_var("") for job in problem.jobs for worker in problem.workers}
    for job in problem.jobs:
        cp.add_exactly_one(on[job, worker] for worker in problem.workers)

    def interval(job: str, present: Any) -> Any:
        return cp.new_optional_fixed_size_interval_var(start[job], problem.jobs[job], present, "")

    def separate(*jobs: Any) -> None:
        cp.add_no_overlap(list(jobs))

    def blocked(since: int, until: int) -> Any:
        return cp.new_fixed_size_interval_var(since, until - since, "")

    for worker in problem.workers:
        separate(*(interval(job, on[job, worker]) for job in problem.jobs))

    def add(rule: str, *args: Any) -> None:
        match rule, args:
            case "after", (job, first):
                cp.add(start[job] >= end[first])
            case "by", (job, hour):
                cp.add(end[job] <= hour)
            case "from", (job, hour):
                cp.add(start[job] >= hour)
            case "only", (job, *workers):
                cp.add_bool_or(on[job, worker] for worker in workers)
            case "apart", (one, other):
                separate(interval(one, 1), interval(other, 1))
            case "away", (worker, since, until):
                separate(blocked(since, until), *(interval(job, on[job, worker]) for job in problem.jobs))
            case "not_during", (job, since, until):
                separate(blocked(since, until), interval(job, 1))
            case _:
                raise AssertionError(rule)

    last = cp.new_int_var(0, 2 * latest, "last")
    for job in problem.jobs:
        cp.add(last >= end[job])

    def plan(solver: cp_model.CpSolver) -> Any:
        def worker(job: str) -> str:
            return next(worker for worker in problem.workers if solver.value(on[job, worker]))

        return {job: {"worker": worker(job), "start": solver.value(start[job])} for job in problem.jobs}

    return Model(cp, add, last if problem.aim == "end" else sum(start.values()), plan)


def placement_model(problem: Placement) -> Model:
    """A Boolean an item and place."""
    cp = cp_model.CpModel()
    places = [*problem.capacity]
    into = {(item, place): cp.new_bool_var("") for item in problem.items for place in places}
    used = {place: cp.new_bool_var("") for place in places}
    for item in problem.items:
        cp.add_exactly_one(into[item, place] for place in places)
    for place, most in problem.capacity.items():
        cp.add(sum(amount * into[item, place] for item, amount in problem.items.items()) <= most)
        cp.add_max_equality(used[place], [into[item, place] for item in problem.items])

    def add(rule: str, *args: Any) -> None:
        match rule, args:
            case "only", (item, *allowed):
                cp.add_bool_or(into[item, place] for place in allowed)
            case "not", (item, *refused):
                for place in refused:
                    cp.add(into[item, place] == 0)
            case "together", (one, other):
                for place in places:
                    cp.add(into[one, place] == into[other, place])
            case "apart", (one, other):
                for place in places:
                    cp.add(into[one, place] + into[other, place] <= 1)
            case "count", (place, most):
                cp.add(sum(into[item, place] for item in problem.items) <= most)
            case "used", (place,):
                cp.add(used[place] == 1)
            case _:
                raise AssertionError(rule)

    def plan(solver: cp_model.CpSolver) -> Any:
        return {item: next(p for p in places if solver.value(into[item, p])) for item in problem.items}

    costs = sum(problem.costs.get(item, {}).get(place, 0) * x for (item, place), x in into.items())
    return Model(cp, add, sum(used.values()) if problem.aim == "places" else costs, plan)


def choice_model(problem: Choice) -> Model:
    """A Boolean an option."""
    cp = cp_model.CpModel()
    taken = {option: cp.new_bool_var("") for option in problem.value}

    def add(rule: str, *args: Any) -> None:
        match rule, args:
            case "within", (resource, most):
                cp.add(sum(problem.takes[o].get(resource, 0) * x for o, x in taken.items()) <= most)
            case "needs", (one, other):
                cp.add_implication(taken[one], taken[other])
            case "not_both", (one, other):
                cp.add(taken[one] + taken[other] <= 1)
            case "must", (option,):
                cp.add(taken[option] == 1)
            case "some", (least, *options):
                cp.add(sum(taken[option] for option in options) >= least)
            case _:
                raise AssertionError(rule)

    def plan(solver: cp_model.CpSolver) -> Any:
        return [option for option, x in taken.items() if solver.value(x)]

    return Model(cp, add, sum(problem.value[option] * x for option, x in taken.items()), plan)


def route_model(problem: Route) -> Model:
    """A circuit, and the minute in which each place is reached."""
    cp = cp_model.CpModel()
    number = {place: at for at, place in enumerate(problem.places)}
    count, most = len(number), sum(map(max, problem.minutes))
    arc = {(i, j): cp.new_bool_var("") for i in range(count) for j in range(count) if i != j}
    cp.add_circuit([(i, j, x) for (i, j), x in arc.items()])
    at = [cp.new_int_var(0, most, "") for _ in range(count)]
    back = cp.new_int_var(0, most, "")
    for (i, j), x in arc.items():
        since = at[i] if i else 0
        cp.add((at[j] if j else back) == since + problem.minutes[i][j]).only_enforce_if(x)

    def add(rule: str, *args: Any) -> None:
        match rule, [number[arg] if isinstance(arg, str) else int(arg) for arg in args]:
            case "before", (one, other):
                cp.add(at[one] < at[other])
            case "by", (place, minute):
                cp.add(at[place] <= minute)
            case "right_after", (one, other):
                cp.add(arc[other, one] == 1)
            case "not_after", (one, other):
                cp.add(arc[other, one] == 0)
            case "first", (place,):
                cp.add(arc[0, place] == 1)
            case "last", (place,):
                cp.add(arc[place, 0] == 1)
            case "back_by", (minute,):
                cp.add(back <= minute)
            case _:
                raise AssertionError(rule)

    def plan(solver: cp_model.CpSolver) -> Any:
        return sorted(problem.places[1:], key=lambda place: solver.value(at[number[place]]))

    return Model(cp, add, back, plan)


MODELS: Mapping[type, Callable[[Any], Model]] = {
    Schedule: schedule_model, Placement: placement_model, Choice: choice_model, Route: route_model
}  # fmt: skip
NAMES: Mapping[type, str] = {Schedule: "schedule", Placement: "placement", Choice: "choice", Route: "route"}


# --- writing -----------------------------------------------------------------


def words(problem: Any) -> Iterator[str]:
    """What is given, in words."""
    match problem:
        case Schedule():
            hours = [f"{job} {hours}" for job, hours in problem.jobs.items()]
            yield f"The jobs and their hours: {', '.join(hours)}. They go to {listed(problem.workers)}."
            yield (
                "Each job goes to one of these and runs without a break, and none of these has two jobs at "
                "once. Hours are whole numbers and begin with 0; a job of 3 hours that begins at hour 2 ends "
                "at hour 5, and the next may begin then."
            )
        case Placement():
            places = [f"{place} {most}" for place, most in problem.capacity.items()]
            sizes = [f"{item} {amount}" for item, amount in problem.items.items()]
            if set(problem.items.values()) == {1}:
                yield f"To be placed: {listed([*problem.items])}."
                yield f"How many each place takes: {', '.join(places)}."
            else:
                yield f"To be placed, with their size: {', '.join(sizes)}."
                yield f"What each place holds: {', '.join(places)}."
            if problem.costs:
                yield "The costs:\n" + "\n".join(
                    f"{item}: " + ", ".join(f"{place} {cost}" for place, cost in row.items())
                    for item, row in problem.costs.items()
                )
        case Choice():
            yield "The options, with their value and what they take:\n" + "\n".join(
                f"{option}: value {value}; "
                + ", ".join(f"{n} {resource}" for resource, n in problem.takes[option].items())
                for option, value in problem.value.items()
            )
        case Route():
            yield (
                f"A round begins at {problem.places[0]} in minute 0, comes to every other place once, and "
                "ends where it began. The minutes from one place to another, the same in both directions:"
            )
            yield "\n".join(
                f"{place}: " + ", ".join(f"{problem.places[j]} {problem.minutes[i][j]}" for j in range(i))
                for i, place in enumerate(problem.places)
                if i
            )
            assert problem.minutes == tuple(zip(*problem.minutes, strict=True))


AIMS = {
    "end": "The last job is to end as early as possible.",
    "starts": "The sum of the starts of all jobs is to be as small as possible.",
    "costs": "The sum of the costs is to be as small as possible.",
    "places": "As few places as possible are to be used.",
    "choice": "The sum of the values is to be as large as possible.",
    "route": "The round is to be as short as possible.",
}
FORMS = {
    Schedule: '{{"{0}": {{"worker": "{worker}", "start": 0}}, …}} with every job',
    Placement: '{{"{0}": "{place}", …}} with every item',
    Choice: '["{0}", …] with the options that are taken',
    Route: '["{1}", …] with every place but the first, in their order',
}


def prompt(instance: Instance) -> str:
    """The task in words."""
    problem: Any = instance.problem
    aim = AIMS[getattr(problem, "aim", NAMES[type(problem)])]
    names = next(iter(getattr(problem, field.name) for field in fields(problem)))
    form = FORMS[type(problem)].format(
        *names,
        worker=getattr(problem, "workers", "?")[0],
        place=next(iter(getattr(problem, "capacity", "?"))),
    )
    rules = "\n".join(
        f"{name}: {in_words(rule, problem.RULES)}." for name, rule in problem.constraints.items()
    )
    parts = [
        instance.story,
        *words(problem),
        f"These constraints must hold:\n{rules}",
        f"{aim}\n\nAnswer with JSON alone: {form}. If no plan keeps all constraints, answer "
        '{"impossible": ["C1", …]} with the smallest set of constraints that cannot hold together.',
    ]
    return "\n\n".join(parts)


def wrong_answers(instance: Instance, reference: Any, optimum: int | None) -> Iterator[Any]:
    """A plan that costs more, one that cannot be carried out, and a mistake about what is possible."""
    problem, rng = instance.problem, random.Random(instance.id)
    if optimum is None:
        names = reference["impossible"]
        yield {"impossible": names[:-1] or [*problem.constraints][:1]}
        yield {"impossible": [*problem.constraints]}
        yield problem.guess(rng)
        return
    yield {"impossible": [*problem.constraints][:2]}
    worse = infeasible = None
    for _ in range(20_000):
        value = problem.guess(rng) if rng.random() < 0.5 else changed(reference, problem, rng)
        plan = problem.read(value)
        if problem.broken(plan):
            infeasible = infeasible or value
        elif problem.cost(plan) != optimum:
            worse = worse or value
    yield from (value for value in (worse, infeasible) if value is not None)


def changed(reference: Any, problem: Problem, rng: random.Random) -> Any:
    """The plan with one thing of it otherwise."""
    other = problem.guess(rng)
    if isinstance(reference, dict):
        key = rng.choice([*reference])
        return {**reference, key: other[key]}
    if isinstance(problem, Choice):
        return sorted({*reference} ^ {rng.choice([*problem.value])})
    i, j = rng.sample(range(len(reference)), 2)
    swapped = list(reference)
    swapped[i], swapped[j] = swapped[j], swapped[i]
    return swapped


def options(problem: Any) -> dict[str, Any]:
    """The instance as options of the grader."""
    given = {field.name: getattr(problem, field.name) for field in fields(problem)}
    return {name: value for name, value in given.items() if value not in ({}, (), "end")}


def entry(instance: Instance) -> str:
    """The task as it stands in the file."""
    problem = instance.problem
    solution = solved(problem)
    if solution is None:
        names = conflict(problem)
        proof, reference, optimum = f"        conflict: {json.dumps(names)}\n", {"impossible": names}, None
    else:
        optimum, reference = solution
        proof = f"        optimum: {optimum}\n        bound: {optimum}\n"
        assert not problem.broken(problem.read(reference))
        assert problem.cost(problem.read(reference)) == optimum
    text = "\n".join(f"      {line}" if line else "" for line in prompt(instance).splitlines())
    given = "\n".join(
        f"          {name}:\n" + "\n".join(f"            {key}: {json.dumps(v)}" for key, v in value.items())
        if isinstance(value, Mapping)
        else f"          {name}: {json.dumps(value)}"
        for name, value in options(problem).items()
    )
    wrong = "\n".join(
        f"      - '{json.dumps(value)}'" for value in wrong_answers(instance, reference, optimum)
    )
    print(f"{instance.id}: {reference['impossible'] if optimum is None else optimum}", flush=True)
    return (
        f"  - id: {instance.id}\n    difficulty: {instance.difficulty}\n    prompt: |-\n{text}\n"
        f"    grader:\n      plan:\n{proof}        {NAMES[type(problem)]}:\n{given}\n"
        f"    reference: '{json.dumps(reference)}'\n    wrong:\n{wrong}\n"
    )


def main() -> None:
    """Solve all instances and write a file a family."""
    instances = [read_record(Instance, section, "the instance") for section in read_yaml(INSTANCES)]
    for family in dict.fromkeys(instance.family for instance in instances):
        entries = [entry(instance) for instance in instances if instance.family == family]
        text = f"defaults:\n  category: {family}\ntasks:\n{''.join(entries)}"
        (FOLDER / f"{family}.yaml").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
