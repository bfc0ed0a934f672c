"""How likely each model is the best one, from how often each has passed."""

from __future__ import annotations

from collections.abc import Sequence

_NEVER = -1e4  # logarithm of a chance that is none, and still a number
_GRID = 2001  # points on which the integral is taken; errors stay below 0.001 up to some 10,000 tasks


def good_answers(good: tuple[float, float], answered: tuple[float, float]) -> tuple[float, float]:
    """(passed, failed) of calls that are answered, and well: from those of answers, and of calls.

    Most answers are judged by nobody: they say how often a model answers, and nothing of how well. The
    product of both rates has about the Beta distribution that has its mean and variance.
    """
    if not answered[1]:
        return good
    n, calls = sum(good), sum(answered)
    rate, share = (good[0] / n if n else 0.5), answered[0] / calls
    mean = rate * share
    second = (rate**2 + rate * (1 - rate) / (n + 1)) * (share**2 + share * (1 - share) / (calls + 1))
    variance = second - mean**2
    size = mean * (1 - mean) / variance - 1 if variance > 0 else calls
    return mean * size, (1 - mean) * size


def chances_of_best(counts: Sequence[tuple[float, float]]) -> list[float]:
    """For each (passed, failed), the chance that its true pass rate is the highest of all.

    The rates have independent Beta posteriors with a uniform prior. Models that answered the same tasks
    depend on each other, and differ more surely than this says.
    """
    import numpy as np
    from scipy.special import betainc, betaln

    if len(counts) < 2:
        return [1.0] * len(counts)
    x = (np.arange(_GRID) + 0.5) / _GRID
    passed, failed = np.array(counts, dtype=float).T[:, :, None]
    with np.errstate(divide="ignore"):
        below = np.maximum(np.log(betainc(passed + 1, failed + 1, x)), _NEVER)
    density = passed * np.log(x) + failed * np.log1p(-x) - betaln(passed + 1, failed + 1)
    weight = density - below + below.sum(axis=0)
    chances = np.exp(weight - weight.max()).sum(axis=1)
    return [float(chance) for chance in chances / chances.sum()]
