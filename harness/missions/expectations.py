"""Expectations of missions, compared with the tournament beforehand and with the results afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from operator import mul
from statistics import median

from harness.analysis.statistics import wilson
from harness.missions.assign import Assignment
from harness.missions.definition import Expectation
from harness.missions.plan import MissionPlan
from harness.missions.state import MissionState
from harness.reporting.numbers import passed_of, percent, rate
from harness.reporting.tables import Cell, Row, Table, words
from harness.words import counted

_FEWEST_SPEEDS = 3  # attempts of a model, of which a median says something


def claim_table(claims: Sequence[Expectation], title: str, judge: Callable[[Expectation], str]) -> Table:
    """A line for each claim with its judgement."""
    rows = [Row((Cell(claim.says), Cell(judge(claim)))) for claim in claims]
    return Table(words("Expected", title), tuple(rows))


def quality_of(assignment: Assignment) -> float | None:
    """What the rules measured of the first of a chain."""
    measured = assignment.first.measured
    return None if measured is None else measured.quality


def failing(assignment: Assignment) -> list[float]:
    """The chances that the first, the first two … of a chain all fail, if they fail independently.

    Models that were not measured are left out, as if they did nothing.
    """
    qualities = [each.measured.quality or 0.0 for each in assignment.chain if each.measured is not None]
    return list(accumulate((1 - quality for quality in qualities), mul))


def _meant(claim: Expectation, plan: MissionPlan) -> list[Assignment]:
    """The missions that a claim is about."""
    return [
        step.assignment
        for phase in plan.phases
        for step in phase.steps
        if claim.phase in (None, phase.phase.name) and claim.model in (None, step.assignment.first.model)
    ]


def forecast_words(claim: Expectation, plan: MissionPlan) -> str:
    """What the rules' figures say of a claim."""
    if claim.measure == "speed":
        models = () if plan.setup.rules is None else plan.setup.rules.models
        return _speeds(claim, {model.id: model.tps for model in models}, "within reach", "not to be expected")
    meant = _meant(claim, plan)
    qualities = [quality for each in meant if (quality := quality_of(each)) is not None]
    if not meant:
        return "not to be judged: no mission is meant"
    if not qualities:
        return f"not measured, for none of {counted(len(meant), 'mission')}"
    mean = sum(qualities) / len(qualities)
    of = "" if len(qualities) == len(meant) else f" (known for {len(qualities)} of {len(meant)} missions)"
    figures = f"models pass {percent(mean)} of such tasks{of}"
    if mean >= claim.at_least:
        return f"within reach: {figures}"
    if claim.measure == "first_attempt" or claim.model is not None:
        return f"not to be expected: {figures}"
    most = sum(1 - failing(each)[-1] for each in meant if quality_of(each) is not None) / len(qualities)
    verdict = "not to be expected" if most < claim.at_least else "only with stand-ins"
    unmeasured = any(one.measured is None for each in meant for one in each.chain)
    who = "the stand-ins that were measured" if unmeasured else "stand-ins"
    return f"{verdict}: {figures}, and with {who} {percent(most)} at most"


def measured_words(claim: Expectation, plan: MissionPlan, states: Mapping[str, MissionState]) -> str:
    """What the missions say of a claim."""
    if claim.measure == "speed":
        return _speeds(claim, _token_rates(states.values()), "met", "missed")
    meant = [states[each.mission.id] for each in _meant(claim, plan)]
    finished = [state for state in meant if state.status != "pending"]
    if not finished:
        return "open: none of these missions is done"
    passed = sum(_counts(state, claim) for state in finished)
    open_ = f"; {len(meant) - len(finished)} still to be done" if len(finished) < len(meant) else ""
    met = passed >= claim.at_least * len(finished) - 1e-9
    low, high = wilson(passed, len(finished))
    by_chance = low < claim.at_least if met else high >= claim.at_least
    general = "; too few missions to say so in general" if by_chance else ""
    return f"{'met' if met else 'missed'}: {passed_of(passed, len(finished))}{general}{open_}"


def _counts(state: MissionState, claim: Expectation) -> bool:
    """Whether a mission did what is expected: by the model that is meant, where one is."""
    if state.status != "passed":
        return False
    if claim.measure == "first_attempt" or claim.model is not None:
        return bool(state.judged) and state.judged[0].result == "passed"
    return True


def _token_rates(states: Iterable[MissionState]) -> dict[str, float | None]:
    """Median tokens a second of each model, where enough of its attempts say how many."""
    rates: dict[str, list[float]] = {}
    for attempt in (each for state in states for each in state.judged):
        if attempt.tokens and attempt.seconds:
            rates.setdefault(attempt.model, []).append(attempt.tokens / attempt.seconds)
    return {model: median(each) if len(each) >= _FEWEST_SPEEDS else None for model, each in rates.items()}


def _speeds(claim: Expectation, speeds: Mapping[str, float | None], reached: str, missed: str) -> str:
    mine, theirs = speeds.get(claim.model or ""), speeds.get(claim.against or "")
    if not mine or not theirs:
        unknown = claim.model if not mine else claim.against
        return f"not measured: tokens a second of {unknown} are not known"
    ratio = mine / theirs
    verdict = reached if ratio >= claim.at_least else missed
    return f"{verdict}: {rate(mine)} against {rate(theirs)} tokens a second, {ratio:.1f} times"
