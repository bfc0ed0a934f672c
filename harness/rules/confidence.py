"""How likely each model is the best one, from how often each has passed."""

from __future__ import annotations

from collections.abc import Sequence

_NEVER = -1e4  # logarithm of a chance that is none, and still a number
_GRID = 2001  # points on which the integral is taken; errors stay below 0.001 up to some 10,000 tasks


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
