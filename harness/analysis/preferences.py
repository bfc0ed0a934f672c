"""Strengths from pairwise verdicts with what else sways a judge taken out: how much longer an answer is.

The chance that a is preferred to b on a task is σ(θ + φ·tanh(Δ) + γ·d) with θ = s_a - s_b, Δ the difference
of their lengths in standard deviations, d the task's difficulty and γ = g_a - g_b: there is no intercept, so
that a pair turned round is the same pair. After the length-controlled AlpacaEval (Dubois and others 2024).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

_HELD = 0.02  # how strongly coefficients are drawn to 0, so that the unbeaten have some
_SLOPES_HELD = 50  # times as strongly: a few tasks of a difficulty must not explain what length does


@dataclass(frozen=True, slots=True)
class Preference:
    """A verdict on a pair: ``score`` is 1 where ``a`` is preferred, 0 where ``b`` is, and ½ for a tie.

    ``longer`` is by how many characters the answer of a is longer, ``difficulty`` -1, 0 or 1.
    """

    task: str
    a: str
    b: str
    score: float
    longer: float = 0.0
    difficulty: float = 0.0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class LengthControl:
    """The fitted model: strength ``s`` and slope ``g`` by difficulty of each model, and ``phi`` of length."""

    strengths: dict[str, float]
    slopes: dict[str, float]
    phi: float

    def rate(self, a: str, b: str) -> float:
        """The chance that a is preferred to b with answers of one length, on tasks of middling difficulty."""
        return chance(self.strengths[a] - self.strengths[b])


def chance(
    theta: float, longer: float = 0.0, phi: float = 0.0, harder: float = 0.0, gamma: float = 0.0
) -> float:
    """σ(θ + φ·tanh(Δ) + γ·d), with Δ = ``longer`` in standard deviations and d = ``harder``."""
    return 1 / (1 + math.exp(-(theta + phi * math.tanh(longer) + gamma * harder)))


def win_matrix(preferences: Sequence[Preference], models: Sequence[str]) -> Floats:
    """Scores by task: ``[task, i, j]`` is the mean score of i against j there, 0 where they did not meet."""
    import numpy as np

    tasks = {task: at for at, task in enumerate(dict.fromkeys(one.task for one in preferences))}
    index = {model: at for at, model in enumerate(models)}
    wins = np.zeros((len(tasks), len(models), len(models)))
    for one in preferences:
        i, j, task = index[one.a], index[one.b], tasks[one.task]
        wins[task, i, j] += one.score * one.weight
        wins[task, j, i] += (1 - one.score) * one.weight
    return wins


def length_controlled(
    preferences: Sequence[Preference], models: Sequence[str], spread: float | None = None, held: float = _HELD
) -> LengthControl:
    """Fit the model. ``spread`` is the standard deviation of length differences; by default that of these."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.special import expit

    count = len(models)
    index = {model: at for at, model in enumerate(models)}
    longer = np.array([one.longer for one in preferences], dtype=float)
    spread = spread or float(np.sqrt(np.mean(longer**2))) or 1.0
    design = np.zeros((len(preferences), 2 * count + 1))
    for row, one in enumerate(preferences):
        design[row, index[one.a]], design[row, index[one.b]] = 1, -1
        design[row, count + index[one.a]], design[row, count + index[one.b]] = one.difficulty, -one.difficulty
    design[:, -1] = np.tanh(longer / spread)
    scores = np.array([one.score for one in preferences])
    weights = np.array([one.weight for one in preferences])
    weights = weights / weights.mean()
    penalty = held * np.concatenate([np.ones(count), np.full(count, _SLOPES_HELD), np.ones(1)])

    def loss(values: Floats) -> tuple[float, Floats]:
        logits = design @ values
        cost = float(weights @ (np.logaddexp(0, logits) - scores * logits) + penalty @ values**2 / 2)
        return cost, design.T @ (weights * (expit(logits) - scores)) + penalty * values

    fitted = minimize(loss, np.zeros(2 * count + 1), jac=True, method="BFGS").x
    by_model = dict(zip(models, map(float, fitted[:count]), strict=True))
    slopes = dict(zip(models, map(float, fitted[count:-1]), strict=True))
    return LengthControl(by_model, slopes, float(fitted[-1]))
