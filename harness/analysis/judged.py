"""What a judge's verdicts come to: whether it can be believed, and, if so, who wins how often.

A pair is judged in both orders; where they contradict each other it is a tie. Whether figures may be shown is
decided by gold pairs alone (``Gate``). Strengths are Bradley-Terry's with tasks drawn anew; beside them stand
rates with the length of answers taken out, and corrected by what the judge gets wrong on gold pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harness.analysis.agreement import Kappa, agreement, kappa, place_bias, prediction_powered, rogan_gladen
from harness.analysis.preferences import Preference, length_controlled, win_matrix
from harness.analysis.ranking import ELO, RESAMPLES, bradley_terry
from harness.analysis.statistics import CONFIDENCE
from harness.comparisonrow import Comparison, Preferred

KAPPA_LOW = 0.4  # least lower bound of kappa
CONSISTENCY = 0.75  # least share of pairs on which both orders agree
FEWEST_GOLD = 30  # gold pairs with a verdict, below which a judge is not believed
OWN_FAMILY = "own_family"  # error_type of a contestant that the judge is kin to
_CLASSES: tuple[Preferred, ...] = ("a", "tie", "b")
_SCORES: Mapping[Preferred, float] = {"a": 1.0, "tie": 0.5, "b": 0.0}
_HARDER = {"beginner": -1.0, "intermediate": 0.0, "advanced": 1.0}
_TIES = 1.0  # given to each two models, so that the unbeaten have a finite strength


@dataclass(frozen=True, slots=True)
class PairVerdict:
    """A pair that was judged in both orders: ``preferred`` is what both say, a tie where they differ."""

    a_first: Comparison
    b_first: Comparison

    @property
    def consistent(self) -> bool:
        """Whether both orders agree."""
        return self.a_first.preferred == self.b_first.preferred

    @property
    def preferred(self) -> Preferred:
        """The verdict on the pair."""
        return self.a_first.preferred if self.consistent and self.a_first.preferred else "tie"

    @property
    def place(self) -> str | None:
        """The place that won in both orders, where the verdicts contradict each other."""
        return {("a", "b"): "first", ("b", "a"): "second"}.get(
            (self.a_first.preferred or "", self.b_first.preferred or "")
        )


@dataclass(frozen=True, slots=True)
class Gate:
    """How a judge does on gold pairs, of which ``pairs`` got a verdict in both orders.

    ``null_wins`` are pairs in which an answer won that says nothing, or only praises itself, of ``traps``.
    ``better_rate`` is how often the better answer wins, a tie by half; ``ties`` and ``true_ties`` are shares.
    """

    pairs: int
    without_verdict: int
    agreement: float
    kappa: Kappa
    consistency: float
    traps: int
    null_wins: int
    better_rate: float
    ties: float
    true_ties: float

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the judge's figures must not be shown; empty where they may."""
        if self.pairs < FEWEST_GOLD:
            return (f"only {self.pairs} gold pairs got a verdict, {FEWEST_GOLD} are needed",)
        failed = []
        if self.kappa.low < KAPPA_LOW:
            failed.append(f"the lower bound of kappa is {self.kappa.low:.2f}, {KAPPA_LOW:.2f} is needed")
        if self.consistency < CONSISTENCY:
            failed.append(_contradicting(self.consistency, "gold pairs"))
        if self.null_wins:
            of = f"{self.null_wins} of {self.traps} pairs"
            failed.append(f"answers that say nothing or praise themselves won {of}")
        return tuple(failed)


@dataclass(frozen=True, slots=True)
class JudgedModel:
    """A contestant on ``pairs`` pairs; rates are shares of wins, a tie counting half.

    ``controlled`` is the rate against the others with answers of one length, ``corrected`` that which errors
    as on gold pairs would leave (``None``: unknown). ``rating`` is in Elo points, 0 on average, with its 95 %
    interval; ``chars`` the mean length of its answers.
    """

    model: str
    pairs: int
    win_rate: float
    controlled: float
    corrected: float | None
    rating: float
    low: float
    high: float
    chars: float


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts of one judge on the answers to one suite, in its newest protocol.

    ``models`` are in order, and empty where there are ``reasons`` to show none. ``first`` and ``second``
    count contradictions won by that place, with ``place_p``; ``phi`` is what length adds; ``cost_usd`` is
    what the judge cost.
    """

    suite: str
    judge: str
    family: str
    gate: Gate
    reasons: tuple[str, ...]  # why no figures are shown
    models: tuple[JudgedModel, ...]
    calls: int
    pairs: int
    consistency: float | None
    first: int
    second: int
    place_p: float
    phi: float | None
    ties: float | None
    ties_corrected: float | None
    unread: tuple[tuple[str, int], ...]  # calls without a verdict, by the kind of failure
    cleaned: int  # calls in which an answer spoke to the judge
    kin: tuple[str, ...]  # contestants left out
    cost_usd: float | None
    unpriced: int


def pair_verdicts(comparisons: Iterable[Comparison]) -> list[PairVerdict]:
    """The pairs that have a verdict in both orders; of several verdicts on the same order the newest."""
    orders: dict[str, dict[bool, Comparison]] = defaultdict(dict)
    for one in comparisons:
        if one.preferred is not None:
            orders[one.pair_id][one.a_first] = one
    return [PairVerdict(both[True], both[False]) for both in orders.values() if len(both) == 2]


def gate_of(comparisons: Sequence[Comparison]) -> Gate:
    """How a judge does on the gold pairs among its verdicts, which are of one protocol."""
    gold = [one for one in comparisons if one.expected is not None]
    judged = pair_verdicts(gold)
    asked = len({one.pair_id for one in gold})
    if not judged:
        return Gate(0, asked, 0.0, Kappa(0.0, 0.0), 0.0, 0, 0, 0.5, 0.0, 0.0)
    table = [
        [
            sum(one.a_first.expected == row and one.preferred == column for one in judged)
            for column in _CLASSES
        ]
        for row in _CLASSES
    ]
    traps = [one for one in judged if one.a_first.trap]
    decisive = [one for one in judged if one.a_first.expected != "tie"]
    better = [_score_of_better(one) for one in decisive]
    return Gate(
        pairs=len(judged),
        without_verdict=asked - len(judged),
        agreement=agreement(table),
        kappa=kappa(table),
        consistency=_share(one.consistent for one in judged),
        traps=len(traps),
        null_wins=sum(_score_of_better(one) == 0 for one in traps),
        better_rate=sum(better) / len(better) if better else 0.5,
        ties=_share(one.preferred == "tie" for one in judged),
        true_ties=_share(one.a_first.expected == "tie" for one in judged),
    )


def judged_of(comparisons: Sequence[Comparison], runs: Sequence[str]) -> tuple[Judged, ...]:
    """The verdicts of each judge on each suite, by name; of contestants, only answers of ``runs``.

    Verdicts are in the order in which they were given.
    """
    groups: dict[tuple[str, str], list[Comparison]] = defaultdict(list)
    for one in comparisons:
        groups[one.suite, one.judge].append(one)
    return tuple(_judged(groups[key], set(runs)) for key in sorted(groups))


def _judged(comparisons: Sequence[Comparison], runs: set[str]) -> Judged:
    newest = comparisons[-1].protocol
    own = [one for one in comparisons if one.protocol == newest]
    kin = sorted(
        {one.model_a for one in own if one.error_type == OWN_FAMILY and one.model_a and one.run_a in runs}
    )
    own = [one for one in own if one.error_type != OWN_FAMILY]
    gate = gate_of(own)
    calls = [one for one in own if one.expected is None and {one.run_a, one.run_b} <= runs]
    contests = _newest_of_each_contest(pair_verdicts(calls))
    places = Counter(one.place for one in contests)
    ties = _share(one.preferred == "tie" for one in contests) if contests else None
    consistency = _share(one.consistent for one in contests) if contests else None
    reasons = gate.reasons
    if consistency is not None and consistency < CONSISTENCY:
        reasons = (*reasons, _contradicting(consistency, "pairs of contestants"))
    models, phi = ((), None) if reasons or not contests else _ranked(contests, gate)
    costs = [one.cost_usd for one in own if one.output is not None]
    priced = [cost for cost in costs if cost is not None]
    unread = Counter(one.error_type or "no_verdict" for one in own if one.preferred is None)
    return Judged(
        suite=own[-1].suite if own else comparisons[-1].suite,
        judge=comparisons[-1].judge,
        family=comparisons[-1].judge_family,
        gate=gate,
        reasons=reasons,
        models=models,
        calls=len(own),
        pairs=len(contests),
        consistency=consistency,
        first=places["first"],
        second=places["second"],
        place_p=place_bias(places["first"], places["second"]),
        phi=phi,
        ties=ties,
        ties_corrected=None
        if ties is None
        else min(1.0, max(0.0, prediction_powered(ties, gate.ties, gate.true_ties))),
        unread=tuple(sorted(unread.items())),
        cleaned=sum(one.cleaned for one in calls),
        kin=tuple(kin),
        cost_usd=sum(priced) if priced else None,
        unpriced=len(costs) - len(priced),
    )


def _contradicting(consistency: float, of: str) -> str:
    agree, needed = (f"{100 * share:.0f} %" for share in (consistency, CONSISTENCY))
    return f"both orders agree on {agree} of {of}, {needed} is needed"


def _newest_of_each_contest(verdicts: Sequence[PairVerdict]) -> list[PairVerdict]:
    """A model that was asked again is compared by its newest answer that was judged."""
    newest = {(one.a_first.task_id, one.a_first.model_a, one.a_first.model_b): one for one in verdicts}
    return list(newest.values())


def _ranked(contests: Sequence[PairVerdict], gate: Gate) -> tuple[tuple[JudgedModel, ...], float]:
    import numpy as np

    preferences = [_preference(one) for one in contests]
    models = sorted({name for one in preferences for name in (one.a, one.b)})
    wins = win_matrix(preferences, models)
    ratings = ELO * bradley_terry(wins.sum(axis=0), _TIES)
    weights = np.random.default_rng(0).standard_exponential((RESAMPLES, len(wins)))
    drawn = np.einsum("rt,tij->rij", weights / weights.mean(axis=1, keepdims=True), wins)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(ELO * bradley_terry(drawn, _TIES), [tail, 1 - tail], axis=0)
    control = length_controlled(preferences, models)
    rows = []
    for at, model in enumerate(models):
        pairs = sum(model in (one.a, one.b) for one in preferences)
        rate = float(wins[:, at].sum() / (wins[:, at].sum() + wins[:, :, at].sum()))
        rivals = [control.rate(model, rival) for rival in models if rival != model]
        corrected = rogan_gladen(rate, gate.better_rate, gate.better_rate)
        lengths = [
            one.a_first.chars_a if one.a_first.model_a == model else one.a_first.chars_b
            for one in contests
            if model in (one.a_first.model_a, one.a_first.model_b)
        ]
        rows.append(
            JudgedModel(
                model, pairs, rate, sum(rivals) / len(rivals), corrected,
                float(ratings[at]), float(low[at]), float(high[at]), sum(lengths) / len(lengths),
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.rating, row.model))), control.phi


def _preference(verdict: PairVerdict) -> Preference:
    one = verdict.a_first
    return Preference(
        one.task_id,
        one.model_a or "",
        one.model_b or "",
        _SCORES[verdict.preferred],
        one.chars_a - one.chars_b,
        _HARDER.get(one.difficulty or "", 0.0),
    )


def _score_of_better(verdict: PairVerdict) -> float:
    """1 where the better answer of a gold pair wins, ½ at a tie."""
    score = _SCORES[verdict.preferred]
    return score if verdict.a_first.expected == "a" else 1 - score


def _share(flags: Iterable[bool]) -> float:
    values = list(flags)
    return sum(values) / len(values)
