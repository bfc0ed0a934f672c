"""What a model is good and bad at, the most telling first, and what to use it for."""

from __future__ import annotations

from collections.abc import Sequence

from harness.analysis.board import UNFINISHED, Board, Standing
from harness.analysis.decisions import GOOD_ENOUGH
from harness.analysis.standings import Standings
from harness.analysis.statistics import CONFIDENCE, student_interval, wilson
from harness.reporting.choices import STAND_INS, nobody
from harness.reporting.measures import MEASURES
from harness.reporting.numbers import below, percent, points, quality
from harness.words import counted

_APART = 0.10  # a part of a suite counts as strong or weak from this difference on
_PARTS = 3  # of those, so many are named
_SUITES = 6  # of suites, so many
_ENOUGH = 5  # tasks that a part must have

Lines = Sequence[tuple[Board, Standing]]
Part = tuple[float, str]  # how far a category is above the model's average of its suite, and words


def strengths(model: str, suites: Lines, categories: Lines) -> tuple[str, ...]:
    """Suites where nobody is known to be better, then parts of suites that are better than the rest."""
    level = []
    for board, s in suites:
        if nobody(board) or s.rank is None or model not in board.decision.tied:
            continue
        alone = board.decision.tied == (model,)
        level.append(
            ((not alone, _behind(board, s)), f"{board.name}: {_first_there(board, alone)}, {quality(s)}")
        )
    best = sorted((p for p in _parts(suites, categories) if p[0] > 0), key=lambda part: -part[0])
    return (*_first(level), *(text for _, text in best[:_PARTS]))


def _first_there(board: Board, alone: bool) -> str:
    """How a model stands that nobody is known to be better than."""
    decision = board.decision
    if decision.reason.kind in UNFINISHED:
        return "nobody who is compared is known to be better, but answers are missing"
    if decision.reason.kind == "alone":
        return "the only one ranked" if board.uncompared else "the only one measured"
    return "significantly the best" if alone else "not told apart from the best"


def weaknesses(model: str, suites: Lines, categories: Lines) -> tuple[str, ...]:
    """Suites that it fails, then those where it is significantly behind, then parts that are worse."""
    weak = []
    for board, s in suites:
        leader = board.decision.leader
        if (s.quality or 0) < GOOD_ENOUGH:
            weak.append(
                (
                    (False, -_behind(board, s)),
                    f"{board.name}: {MEASURES[board.measure].does_little}"
                    f" {'hardly anything' if s.quality else 'nothing'}, {quality(s)}",
                )
            )
        elif leader and s.rank is not None and model not in board.decision.tied:
            text = f"{board.name}: {points(_behind(board, s))} behind {leader.model}, {quality(s)}"
            weak.append(((True, -_behind(board, s)), text))
    worst = sorted((p for p in _parts(suites, categories) if p[0] < 0), key=lambda part: part[0])
    return (*_first(weak), *(text for _, text in worst[:_PARTS]))


def _first(ordered: Sequence[tuple[tuple[bool, float], str]]) -> list[str]:
    texts = [text for _, text in sorted(ordered, key=lambda one: one[0])]
    more = len(texts) - _SUITES
    return texts if more <= 0 else [*texts[:_SUITES], f"and {counted(more, 'more suite')}"]


def _behind(board: Board, s: Standing) -> float:
    """How far a model is behind the first of a table."""
    return (board.ranked[0].quality or 0) - (s.quality or 0) if board.ranked else 0.0


def _parts(suites: Lines, categories: Lines) -> list[Part]:
    """Categories that differ from the model's own average in their suite by more than chance.

    So many are looked at that some would stand out by luck: the intervals are as wide as all of them
    together ask for (Bonferroni).
    """
    usual = {board.name: s.quality for board, s in suites if s.quality is not None}
    looked_at = [
        (board, s, mean)
        for board, s in categories
        if s.quality is not None and s.n >= _ENOUGH and (mean := usual.get(board.suites[0])) is not None
    ]
    parts = []
    for board, s, mean in looked_at:
        apart = (s.quality or 0) - mean
        low, high = _interval(board, s, 1 - (1 - CONFIDENCE) / len(looked_at))
        if abs(apart) >= _APART and not low <= mean <= high:
            usually = f"its average in {board.suites[0]} is {percent(mean)}"
            of = f"{quality(s)} {MEASURES[board.measure].of(s.n)}, where {usually}"
            parts.append((apart, f"{board.name}: {of}"))
    return parts


def _interval(board: Board, s: Standing, confidence: float) -> tuple[float, float]:
    """The interval of a quality: of a pass rate by Wilson, of a mean score by Student."""
    quality, df = s.quality or 0.0, s.n - 1
    if board.measure == "pass":
        return wilson(quality * s.n, s.n, confidence)
    half = max(quality - (s.low or 0.0), (s.high or 1.0) - quality)  # the ends at 0 and 1 are cut off
    return student_interval(quality, half / student_interval(0.0, 1.0, df)[1], df, confidence)


def _shown(s: Standing) -> str:
    """A quality, which must not read as good enough where it is not."""
    if s.quality is None or s.quality >= GOOD_ENOUGH:
        return quality(s)
    return below(s.quality, GOOD_ENOUGH)


def uses(standings: Standings, model: str) -> tuple[str, ...]:
    """For which task types and roles to take a model, for which it stands in, and for which never."""
    picks, chances, missing, stand_ins, never = [], [], [], [], []
    for board in (*standings.by("task_type"), *standings.by("role")):
        s, decision = board.of(model), board.decision
        if s is None or not s.n:
            continue
        name = f"the role {board.name}" if board.by == "role" else board.name
        if decision.reason.kind == "unranked":
            continue
        if nobody(board) or (s.quality or 0) < GOOD_ENOUGH:
            guessed = ", no better than guessing" if decision.reason.kind == "guessing" else ""
            never.append(f"{name} ({_shown(s)}{guessed})")
        elif decision.pick and decision.pick.model == model:
            picks.append(name)
        elif decision.reason.kind in UNFINISHED:
            if model in decision.tied or model in decision.reason.missing:
                missing.append(name)
        elif decision.pick is None and model in decision.tied:
            chances.append(name)
        elif model in decision.fallbacks[:STAND_INS]:
            stand_ins.append(name)
    lists = (
        ("Use it for", picks),
        ("It may be the best, with too few tasks to tell, for", chances),
        ("It may be the best, with answers missing, for", missing),
        ("It stands in for", stand_ins),
        ("Do not use it for", never),
    )
    return tuple(f"{head} {', '.join(names)}." for head, names in lists if names)
