"""How far the overall order can be trusted: tasks drawn anew, and models left out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from harness.analysis.board import Board
from harness.analysis.extras import MOST_TASKS, Flip, ModelStability, Stability
from harness.analysis.ranking import RESAMPLES, mean_win_rates, ratings, resampled_rates
from harness.analysis.statistics import CONFIDENCE, tasks_to_detect

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    from numpy.typing import NDArray

    Rates = NDArray[np.floating[Any]]

_TAIL = (1 - CONFIDENCE) / 2
_SAME = 1e-9  # qualities closer than this are equal
# One row a model in an overall suite, without another contender: what it did on the tasks that would be
# common if that one had not taken part.
_REGAINED = """
    WITH contenders AS (
        SELECT model, suite, field
        FROM coverage
        WHERE contender AND suite IN (FROM internal.overall_suites)
    ),
    answers AS (
        SELECT model, suite, field, task, quality
        FROM outcomes
        JOIN internal.fields USING (kind)
        SEMI JOIN (FROM internal.common WHERE NOT answered_by_all) USING (task)
        SEMI JOIN contenders USING (model, field)
        WHERE ok > 0
    ),
    lacking_one AS (
        SELECT task, field, list(model) AS answered
        FROM answers
        GROUP BY task, field
        HAVING count(*) = (SELECT count(*) FROM contenders WHERE contenders.field = answers.field) - 1
    ),
    lacking AS (
        SELECT task, model AS without
        FROM lacking_one
        JOIN contenders USING (field)
        WHERE NOT list_contains(answered, model)
    )
    SELECT without::VARCHAR, model::VARCHAR, suite::VARCHAR, count(*) AS n, sum(quality) AS total
    FROM answers
    JOIN lacking USING (task)
    GROUP BY ALL
"""


def measure_stability(
    con: duckdb.DuckDBPyConnection, overall: Board, suites: Sequence[Board]
) -> Stability | None:
    """Of the overall table and the suites that it averages; ``None`` with fewer than two ranked models."""
    models = [standing.model for standing in overall.ranked]
    if len(models) < 2:
        return None
    averaged = [board for board in suites if board.name in overall.suites]
    tasks = sum(board.common for board in averaged)
    drawn = resampled_rates(_rates(con, models))
    stabilities = tuple(_model_stabilities(overall, averaged, drawn, tasks))
    decision = overall.decision
    settled = stabilities[0].worst == 1 and decision.kind == "win"
    rival, more = _hardest(overall, drawn, tasks)
    if more is not None and decision.more_tasks is not None:  # either estimate may be the smaller one
        more = max(more, decision.more_tasks)
    return Stability(
        models=stabilities,
        flips=(*_flips_of_win_rate(models, averaged), *_flips_of_quality(con, models, averaged)),
        mde=overall.decision.mde,
        settled=settled,
        rival=rival,
        more_tasks=None if settled else more,
        resamples=RESAMPLES,
    )


def _hardest(overall: Board, drawn: Rates, tasks: int) -> tuple[str, int | None]:
    """Who is hardest to tell from the leader, and how many more tasks would; ``None``: too many."""
    leader, *others = overall.ranked
    errors = (drawn[:, :1] - drawn[:, 1:]).std(axis=0)
    needed = []
    for other, error in zip(others, errors, strict=True):
        ahead = (leader.quality or 0) - (other.quality or 0)
        enough = tasks_to_detect(ahead, tasks * float(error) ** 2) if ahead > _SAME else math.inf
        needed.append(max(1, enough - tasks))
    most = max(needed)
    return others[needed.index(most)].model, int(most) if most <= MOST_TASKS else None


def _model_stabilities(
    overall: Board, suites: Sequence[Board], drawn: Rates, tasks: int
) -> Iterator[ModelStability]:
    import numpy as np

    ranked = overall.ranked
    above = (drawn[:, None, :] > drawn[:, :, None]).sum(axis=2)
    below = (drawn[:, None, :] < drawn[:, :, None]).sum(axis=2)
    best = np.quantile(1 + above, _TAIL, axis=0, method="inverted_cdf")
    worst = np.quantile(len(ranked) - below, 1 - _TAIL, axis=0, method="inverted_cdf")
    first = above == 0
    leads = (first / first.sum(axis=1, keepdims=True)).mean(axis=0)
    elo = ratings(np.array([standing.quality for standing in ranked], dtype=float), tasks)
    low, high = np.quantile(ratings(drawn, tasks), [_TAIL, 1 - _TAIL], axis=0)
    win_rates = mean_win_rates(_suite_qualities([standing.model for standing in ranked], suites))
    for i, standing in enumerate(ranked):
        yield ModelStability(
            model=standing.model,
            rank=standing.rank or 0,
            best=int(best[i]),
            worst=int(worst[i]),
            first_share=float(leads[i]),
            rating=float(elo[i]),
            rating_low=float(low[i]),
            rating_high=float(high[i]),
            win_rate=win_rates.get(standing.model, 0.0),
        )


def _rates(con: duckdb.DuckDBPyConnection, models: Sequence[str]) -> list[Rates]:
    """The qualities of these models on the common tasks, a table models × tasks for each overall suite."""
    import numpy as np

    columns = con.execute(
        """
        SELECT suite::VARCHAR AS suite, qualities
        FROM internal.qualities
        WHERE model::VARCHAR IN (SELECT unnest($models)) AND suite::VARCHAR IN (FROM internal.overall_suites)
        ORDER BY suite, list_position($models, model::VARCHAR), kind
        """,
        {"models": list(models)},
    ).fetchnumpy()
    by_suite = groupby(zip(columns["suite"], columns["qualities"], strict=True), key=itemgetter(0))
    return [np.concatenate([own for _, own in rows]).reshape(len(models), -1) for _, rows in by_suite]


def _suite_qualities(models: Sequence[str], suites: Sequence[Board]) -> dict[str, list[float | None]]:
    lines = [{standing.model: standing.quality for standing in board.lines} for board in suites]
    return {
        model: [None if (quality := line.get(model)) is None else round(quality, 9) for line in lines]
        for model in models
    }


def _flips_of_win_rate(models: Sequence[str], suites: Sequence[Board]) -> Iterator[Flip]:
    """Who leads in mean win rate, with everybody and without each one of the others."""
    qualities = _suite_qualities(models, suites)
    leader = _leader(mean_win_rates(qualities))
    for out in models:
        if out != leader and len(models) > 2:
            rest = mean_win_rates({model: own for model, own in qualities.items() if model != out})
            if (now := _leader(rest)) != leader and rest[now] > rest[leader] + _SAME:
                yield Flip(out, "win rate", now, leader)


def _flips_of_quality(
    con: duckdb.DuckDBPyConnection, models: Sequence[str], suites: Sequence[Board]
) -> Iterator[Flip]:
    """Leaving out a model brings back the tasks that only it did not answer; they may change the averages."""
    import numpy as np

    rows = con.execute(_REGAINED).fetchall()
    rows = [row for row in rows if row[0] != models[0] and row[1] in models]
    left_out = sorted({row[0] for row in rows})
    names = (left_out, models, [board.name for board in suites])
    places = [{name: place for place, name in enumerate(of)} for of in names]
    at = tuple([place[row[i]] for row in rows] for i, place in enumerate(places))
    lines = [[line for board in suites if (line := board.of(model))] for model in models]
    n, total = np.zeros((2, *map(len, names)))  # for each one left out: models × suites
    n += [[line.n for line in own] for own in lines]
    total += [[line.n * (line.quality or 0.0) for line in own] for own in lines]
    n[at] += [row[3] for row in rows]
    total[at] += [row[4] for row in rows]
    for out, rates in zip(left_out, (total / n).mean(axis=2), strict=True):
        others = {model: float(rate) for model, rate in zip(models, rates, strict=True) if model != out}
        now = _leader(others)
        if others[now] > others[models[0]] + _SAME:
            yield Flip(out, "quality", now, models[0])


def _leader(rates: Mapping[str, float]) -> str:
    """The first with the highest rate, to nine digits."""
    return max(rates, key=lambda model: round(rates[model], 9))
