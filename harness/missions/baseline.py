"""One model for all: the same missions without specialists and stand-ins, forecast, run and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from harness.analysis.statistics import mcnemar
from harness.missions.definition import Expectation
from harness.missions.expectations import failing, quality_of
from harness.missions.plan import MissionPlan, States, expected_s, make_plan
from harness.missions.setup import Setup
from harness.missions.state import MissionState, read_states
from harness.missions.wording import command_of
from harness.reporting.numbers import UNKNOWN, duration, percent
from harness.reporting.section import Block, Code, Grid, Text
from harness.reporting.tables import Cell, Column, Row, Table
from harness.words import counted

_BY_CHANCE = 0.05  # a p-value above it: what differs may be chance


@dataclass(frozen=True, slots=True)
class Way:
    """A way to do all missions, and what became of them so."""

    name: str
    plan: MissionPlan
    states: States

    def finished(self) -> set[str]:
        """Missions that were tried to the end, by id."""
        return {name for name, state in self.states.items() if state.status != "pending"}


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of missions, or is expected to. Times are seconds of work; ``None`` is unknown."""

    missions: int
    at_first: float
    succeeded: float
    failed_attempts: float
    seconds: float | None
    loads: int


def as_planned(plan: MissionPlan, states: States) -> Way:
    """The missions as they were given out."""
    return Way("as planned", plan, states)


def one_for_all(setup: Setup) -> Way | None:
    """The missions as the ``baseline`` of the file does them alone; ``None`` where it names none."""
    if setup.file.baseline is None:
        return None
    alone = replace(setup, file=replace(setup.file, alone=True))
    states = read_states(alone.file)
    return Way(f"{setup.file.baseline} for all", make_plan(alone, states), states)


# --- forecast -----------------------------------------------------------------


def _expected(way: Way, missions: set[str]) -> Tally:
    """By the tournament's figures, if the failures of models were independent of one another."""
    meant = [step.assignment for step in way.plan.steps if step.mission.id in missions]
    chances = [failing(each) for each in meant]
    times = [expected_s(each, way.states) for each in meant]
    measured = [time for time in times if time is not None]
    return Tally(
        len(meant),
        sum(1 - each[0] for each in chances),
        sum(1 - each[-1] for each in chances),
        sum(sum(each) for each in chances),
        sum(measured) if measured and len(measured) == len(times) else None,
        way.plan.loads,
    )


def _measured(way: Way) -> set[str]:
    return {step.mission.id for step in way.plan.steps if quality_of(step.assignment) is not None}


def forecast_against(ours: Way, theirs: Way) -> Iterator[Block]:
    """What both ways should yield, on missions on whose task types both were measured."""
    common = _measured(ours) & _measured(theirs)
    if not common:
        model = theirs.plan.setup.file.baseline
        yield Text(
            f"Not compared: {model} was measured on no task type of a mission whose own model was measured, "
            "too."
        )
        return
    yield Grid(_table([(way.name, _expected(way, common)) for way in (ours, theirs)]), "Ways")
    yield Text(
        f"Expected of the {counted(len(common), 'mission')} on whose task types both were measured; loads "
        "are those of all missions. One model for all has nobody to stand in for it."
    )


def forecast_claim(claim: Expectation, ours: Way, theirs: Way) -> str:
    """What the tournament's figures say of a claim that compares the two."""
    common = _measured(ours) & _measured(theirs)
    if not common:
        return f"not measured: nothing is known of both, the plan and {theirs.name}"
    tallies = _expected(ours, common), _expected(theirs, common)
    return _judged(claim, tallies, ("within reach", "not to be expected"), theirs.name)


# --- what came of it ----------------------------------------------------------


def _actual(way: Way, missions: set[str]) -> Tally:
    states = [way.states[name] for name in missions]
    work = [attempt for state in states for attempt in state.judged]
    passed = [state for state in states if state.status == "passed"]
    return Tally(
        len(states),
        sum(_at_first(state) for state in states),
        len(passed),
        sum(attempt.result == "failed" for attempt in work),
        sum(attempt.seconds or 0.0 for attempt in work),
        sum(attempt.loaded for state in states for attempt in state.attempts),
    )


def _at_first(state: MissionState) -> bool:
    return bool(state.judged) and state.judged[0].result == "passed"


def report_against(ours: Way, theirs: Way) -> Iterator[Block]:
    """What both ways came to, on missions that both finished; how to run what was not run."""
    common = ours.finished() & theirs.finished()
    rows = [(way.name, _actual(way, common)) for way in (ours, theirs)]
    if common:
        measured = _measured(ours) & _measured(theirs) & common
        expected = [(f"{way.name}, expected", _expected(way, measured)) for way in (ours, theirs)]
        shown = [rows[0], *expected[:1], rows[1], *expected[1:]] if measured == common else rows
        yield Grid(_table(shown), "Ways")
        yield Text(_by_chance(ours, theirs, common))
    if theirs.finished() < ours.finished():
        left = len(ours.finished() - theirs.finished())
        yield Text(
            f"{theirs.name} has {counted(left, 'mission')} to do that are done as planned; it runs apart, "
            "with a state of its own, and nobody stands in for it:"
        )
        yield Code((command_of("run", theirs.plan.setup.file),))


def _by_chance(ours: Way, theirs: Way, common: set[str]) -> str:
    """Whether the first attempts differ by more than chance."""
    pairs = [(_at_first(ours.states[name]), _at_first(theirs.states[name])) for name in common]
    wins, losses = pairs.count((True, False)), pairs.count((False, True))
    chance = "that may be chance" if mcnemar(wins, losses) > _BY_CHANCE else "that is more than chance"
    return (
        f"On {counted(len(common), 'mission')} that both finished. At the first attempt {wins} succeeded "
        f"only as planned, and {losses} only with {theirs.name}: {chance}."
    )


def measured_claim(claim: Expectation, ours: Way, theirs: Way) -> str:
    """What the missions say of a claim that compares the two."""
    common = ours.finished() & theirs.finished()
    if not common:
        return f"open: {(theirs if ours.finished() else ours).name} was not run"
    tallies, than = (_actual(ours, common), _actual(theirs, common)), f"{theirs.name}, on"
    return _judged(claim, tallies, ("met", "missed"), f"{than} {counted(len(common), 'mission')}")


# --- both ---------------------------------------------------------------------


def _less(ours: float | None, theirs: float | None) -> float | None:
    return None if ours is None or not theirs else 1 - ours / theirs


def _more(ours: float, theirs: float) -> float | None:
    return ours / theirs - 1 if theirs else None


_SHARES: dict[str, Callable[[Tally, Tally], float | None]] = {
    "less_time": lambda ours, theirs: _less(ours.seconds, theirs.seconds),
    "fewer_failures": lambda ours, theirs: _less(ours.failed_attempts, theirs.failed_attempts),
    "more_at_first": lambda ours, theirs: _more(ours.at_first, theirs.at_first),
}
_LACKING = {
    "less_time": "the time of some missions is not known",
    "fewer_failures": "nothing failed with one model for all",
    "more_at_first": "nothing succeeded at first with one model for all",
}
_WORDS = {
    "less_time": ("less time", "more time"),
    "fewer_failures": ("fewer failed attempts", "more failed attempts"),
    "more_at_first": ("more succeed at first", "fewer succeed at first"),
}


def _judged(claim: Expectation, tallies: tuple[Tally, Tally], verdicts: tuple[str, str], than: str) -> str:
    """Which of two verdicts a claim gets, and the share that it rests on."""
    share = _SHARES[claim.measure](*tallies)
    if share is None:
        return f"not measured: {_LACKING[claim.measure]}"
    reached, missed = verdicts
    better, worse = _WORDS[claim.measure]
    verdict = reached if share >= claim.at_least - 1e-9 else missed
    return f"{verdict}: {percent(abs(share))} {better if share >= 0 else worse} than {than}"


def _table(rows: Sequence[tuple[str, Tally]]) -> Table:
    columns = (
        Column("Way", number=False), Column("Missions"), Column("At first"), Column("In the end"),
        Column("Failed attempts"), Column("Time"), Column("Loads"),
    )  # fmt: skip
    return Table(
        columns,
        tuple(
            Row(
                (
                    Cell(name),
                    Cell(str(tally.missions)),
                    Cell(_count(tally.at_first)),
                    Cell(_count(tally.succeeded)),
                    Cell(_count(tally.failed_attempts)),
                    Cell(UNKNOWN if tally.seconds is None else duration(tally.seconds)),
                    Cell(str(tally.loads)),
                )
            )
            for name, tally in rows
        ),
    )


def _count(value: float) -> str:
    """What was counted is whole; what is expected has a digit."""
    return str(value) if isinstance(value, int) else f"{value:.1f}"
