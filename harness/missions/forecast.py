"""What to expect of missions, by what was measured of their models before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.missions.assign import Assignment
from harness.missions.baseline import Way, as_planned, forecast_against, forecast_claim
from harness.missions.definition import COMPARED, Expectation
from harness.missions.expectations import claim_table, failing, forecast_words, quality_of
from harness.missions.plan import MissionPlan, States, expected_s
from harness.reporting.numbers import UNKNOWN, duration
from harness.reporting.section import Block, Grid, Subtitle, Text
from harness.reporting.tables import Cell, Column, Row, Table


def forecast(plan: MissionPlan, states: States, theirs: Way | None) -> Iterator[Block]:
    """How many missions should succeed, how long they should take, and what that says of promises.

    ``theirs`` is one model for all, where there is one to compare with.
    """
    every = [step.assignment for step in plan.steps]
    measured = [each for each in every if quality_of(each) is not None]
    if measured:
        yield Grid(_yields(plan, every, states), "Expected successes")
        yield Text(
            f"Measured: missions of a task type on which their model was measured, {len(measured)} of "
            f"{len(every)}. At first: how many of these its pass rate lets succeed at the first attempt, and "
            "what the ends of the intervals would give. In the end: with the stand-ins that were measured, "
            "if models failed independently of one another; they do not, so expect less. Time: what "
            "they took before, or a median answer. Missions that are harder or easier than the tasks of the "
            "tournament come out otherwise: the report compares."
        )
    else:
        yield Text(
            "Nothing can be forecast: no model was measured on the task types of its missions. A tournament "
            "on these task types gives rules, by which missions are assigned and forecast."
        )
    if theirs is not None:
        yield Subtitle(f"Against one model for all: {plan.setup.file.baseline}")
        yield from forecast_against(as_planned(plan, states), theirs)
    if claims := plan.setup.file.expect:
        yield Subtitle("What was promised, and what the measurements say")

        def judge(claim: Expectation) -> str:
            if theirs is not None and claim.measure in COMPARED:
                return forecast_claim(claim, as_planned(plan, states), theirs)
            return forecast_words(claim, plan)

        yield Grid(claim_table(claims, "By the tournament", judge), "Promises")


def _yields(plan: MissionPlan, every: Sequence[Assignment], states: States) -> Table:
    columns = (
        Column("Phase", number=False), Column("Missions"), Column("Measured"), Column("At first"),
        Column("In the end"), Column("Time"),
    )  # fmt: skip
    named = [(phase.phase.name, [step.assignment for step in phase.steps]) for phase in plan.phases]
    rows = [_yield_row(*each, states) for each in (*named, *([("All", every)] if len(named) > 1 else []))]
    return Table(columns, tuple(rows))


def _time(seconds_: Sequence[float | None]) -> str:
    """The sum of the times there are, and of how many missions where some have none."""
    expected = [each for each in seconds_ if each is not None]
    if not expected:
        return UNKNOWN
    return duration(sum(expected)) + ("" if len(expected) == len(seconds_) else f" for {len(expected)}")


def _yield_row(name: str, assignments: Sequence[Assignment], states: States) -> Row:
    firsts = [
        (c.quality, c.quality_low, c.quality_high)
        for each in assignments
        if (c := each.first.measured) and c.quality is not None
    ]
    at_first = sum(quality for quality, _, _ in firsts)
    low = sum(quality if low is None else low for quality, low, _ in firsts)
    high = sum(quality if high is None else high for quality, _, high in firsts)
    in_the_end = sum(1 - failing(each)[-1] for each in assignments if quality_of(each) is not None)
    return Row(
        (
            Cell(name),
            Cell(str(len(assignments))),
            Cell(str(len(firsts))),
            Cell(f"{at_first:.1f} ({low:.1f}–{high:.1f})" if firsts else UNKNOWN),
            Cell(f"{in_the_end:.1f}" if firsts else UNKNOWN),
            Cell(_time([expected_s(each, states) for each in assignments])),
        )
    )
