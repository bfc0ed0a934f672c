"""Orders of models: win rates, Bradley-Terry strengths, rank ranges, and tasks drawn anew.

Pure functions over numpy arrays. Mean win rate: HELM (Liang et al. 2022). Strengths: Bradley and Terry 1952,
ties count half. Resampling: the Bayesian bootstrap (Rubin 1981), which gives every task a random weight.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

ELO = 400 / math.log(10)  # points a unit of strength
RESAMPLES = 500


def mean_win_rates(scores: Mapping[str, Sequence[float | None]]) -> dict[str, float]:
    """For each model the share of rivals that it beats, averaged over its columns; ties count half.

    ``None`` is a column without the model. Columns with one model say nothing and are left out.
    """
    rates: dict[str, list[float]] = {model: [] for model in scores}
    for column in zip(*scores.values(), strict=True):
        measured = {model: score for model, score in zip(scores, column, strict=True) if score is not None}
        ordered = sorted(measured.values())
        for model, score in measured.items():
            if len(measured) > 1:
                below, not_above = bisect_left(ordered, score), bisect_right(ordered, score)
                rates[model].append((below + (not_above - below - 1) / 2) / (len(measured) - 1))
    return {model: sum(own) / len(own) for model, own in rates.items() if own}


def rank_ranges(better: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Best and worst rank of each model, where ``better[i, j]`` says that i is certainly better than j."""
    count = len(better)
    return [
        (1 + int(above), count - int(below))
        for above, below in zip(better.sum(axis=0), better.sum(axis=1), strict=True)
    ]


def bradley_terry(wins: Floats, ties: float = 0.0) -> Floats:
    """Strengths with mean 0: the chance that i beats j is 1/(1+exp(s_j-s_i)).

    ``wins[..., i, j]`` are the wins of i over j, a tie being half a win for both; leading axes are separate
    problems. Everybody must have won something and lost something, or be given so many ``ties`` more against
    each of the others, which keep the strength of the unbeaten finite. Newton's method.
    """
    import numpy as np
    from scipy.special import expit

    wins = wins + ties / 2
    games = wins + wins.swapaxes(-1, -2)
    strengths: Floats = np.zeros(wins.shape[:-1])
    eye = np.eye(wins.shape[-1], dtype=bool)
    for _ in range(50):
        chance = expit(strengths[..., :, None] - strengths[..., None, :])
        expected = games * chance  # of the games against oneself, too, where it is what was won
        missing = (wins - expected).sum(axis=-1)
        slope = expected * (1 - chance)
        curvature = np.where(eye, slope.sum(axis=-1)[..., None], 0.0) - slope + 1 / wins.shape[-1]
        step = np.linalg.solve(curvature, missing[..., None])[..., 0]
        strengths = strengths + np.clip(step, -2, 2)
        if float(np.abs(step).max()) < 1e-9:
            break
    centred: Floats = strengths - strengths.mean(axis=-1, keepdims=True)
    return centred


def ratings(rates: Floats, tasks: int) -> Floats:
    """Strengths in Elo points from qualities (``[..., model]``) on the same ``tasks``.

    On the same tasks i beats j in (1 + rate_i - rate_j) / 2 of the games. Models that never or always win are
    taken to be half a task short of it.
    """
    import numpy as np

    edge = 0.5 / (tasks + 1)
    wins = (1 + rates[..., :, None] - rates[..., None, :]) / 2
    return ELO * bradley_terry(np.clip(wins, edge, 1 - edge))


def resampled_rates(suites: Sequence[Floats], resamples: int = RESAMPLES, seed: int = 0) -> Floats:
    """Average qualities over suites, as they might have come out with other tasks of the same kind.

    Each suite is an array of qualities, models × tasks; returned are resamples × models.
    """
    import numpy as np

    random = np.random.default_rng(seed)
    total = np.zeros((resamples, len(suites[0])))
    for suite in suites:
        weights = random.standard_exponential((resamples, suite.shape[1]), dtype=np.float32)
        total += (weights @ suite.T.astype(np.float32)) / weights.sum(axis=1, keepdims=True)
    return np.round(total / len(suites), 5)  # what single precision tells apart
