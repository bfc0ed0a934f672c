"""Uncertainty in numbers: intervals, paired tests, power, percentiles that a sample supports.

Pure functions. Shares and differences are fractions, not percent. Formulas and the
values the tests assert: Wilson 1927; McNemar 1947 (exact form); Holm 1979; Miller 2024,
"Adding Error Bars to Evals", for clustered errors and power; Chen et al. 2021 for pass@k.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONFIDENCE = 0.95
POWER = 0.8
EXACT = 20  # differing tasks, up to which every pattern of signs is counted
FEWEST = 6  # tasks, all won, that McNemar's exact test takes for a difference: 2 / 2⁶ < 5 %
_PRECISION = 0.0005  # of a smallest difference that is searched for
_MANY = 400  # differing tasks, from which on normal formulas are true to 1 %


def z_value(confidence: float = CONFIDENCE) -> float:
    """The normal quantile of a two-sided interval: 1.96 for 95 %."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(passed: float, n: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The Wilson score interval of a pass rate. ``n`` must be positive.

    ``passed`` may be a fraction where repeats of a task were averaged: the interval is then too wide, never
    too narrow.
    """
    z, rate = z_value(confidence), passed / n
    centre = rate + z * z / (2 * n)
    spread = z * math.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    return (centre - spread) / (1 + z * z / n), (centre + spread) / (1 + z * z / n)


def clustered_share(clusters: Sequence[tuple[int, int, int]]) -> tuple[float, float]:
    """Share of passes and its standard error when whole clusters were sampled (repeats of a task, a passage).

    A cluster is ``(answers, passes, how many such clusters)``; at least two in all. Has the G/(G-1) factor
    for few clusters.
    """
    count = sum(times for *_, times in clusters)
    n = sum(size * times for size, _, times in clusters)
    share = sum(passed * times for _, passed, times in clusters) / n
    squares = sum(times * (passed - share * size) ** 2 for size, passed, times in clusters)
    return share, math.sqrt(count / (count - 1) * squares) / n


def student_interval(
    mean: float, error: float, df: int, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """An interval from Student's t with ``df`` degrees of freedom."""
    from scipy.special import stdtrit

    half = float(stdtrit(df, (1 + confidence) / 2)) * error
    return mean - half, mean + half


def mcnemar(wins: int, losses: int) -> float:
    """Exact two-sided p-value that wins and losses on the same tasks are equally likely.

    Twice the binomial tail, summed from its largest term: to nine digits for up to a million tasks.
    """
    n, fewer = wins + losses, min(wins, losses)
    ways = math.lgamma(n + 1) - math.lgamma(fewer + 1) - math.lgamma(n - fewer + 1)
    term = tail = math.exp(ways - n * math.log(2))
    for k in range(fewer, 0, -1):
        term *= k / (n - k + 1)
        tail += term
        if term < 1e-17 * tail:
            break
    return min(1.0, 2 * tail)


def sign_flip(differences: Sequence[float], draws: int = 10_000, seed: int = 0) -> float:
    """Two-sided p-value that differences on the same tasks are as likely turned round (permutation test).

    Exact where up to ``EXACT`` of them are not 0, else from seeded draws of the signs. 1 where none differs.
    """
    import numpy as np

    sizes = np.abs([d for d in differences if d])
    observed = abs(math.fsum(differences)) - 1e-9
    if len(sizes) <= EXACT:
        sums = np.zeros(1)
        for size in sizes:
            sums = np.concatenate([sums + size, sums - size])
        return float(np.mean(np.abs(sums) >= observed))
    random, extreme = np.random.default_rng(seed), 0
    for _ in range(draws // 100):
        signs = 2.0 * random.integers(0, 2, (100, len(sizes))) - 1
        extreme += int((np.abs(signs @ sizes) >= observed).sum())
    return (1 + extreme) / (1 + draws)


def holm(p_values: Sequence[float] | NDArray[np.float64]) -> list[float]:
    """Adjusted p-values for several tests at once, in the order given."""
    import numpy as np

    values = np.asarray(p_values, dtype=float)
    order = np.argsort(values)
    rising = np.maximum.accumulate(np.minimum(1, values[order] * np.arange(len(order), 0, -1)))
    adjusted = np.empty_like(rising)
    adjusted[order] = rising
    return list(adjusted.tolist())


@dataclass(frozen=True, slots=True)
class Difference:
    """A paired difference in a mean, with its standard error."""

    mean: float
    error: float

    @property
    def p_value(self) -> float:
        """Two-sided, from the normal distribution."""
        if self.error == 0:
            return 1.0 if self.mean == 0 else 0.0
        return 2 * NormalDist().cdf(-abs(self.mean) / self.error)


def paired_difference(differences: Sequence[float]) -> Difference:
    """Mean and standard error of per-task differences A-B; needs at least two tasks."""
    n = len(differences)
    mean = sum(differences) / n
    variance = sum((d - mean) ** 2 for d in differences) / (n - 1)
    return Difference(mean, math.sqrt(variance / n))


def average_difference(strata: Sequence[Difference]) -> Difference:
    """The plain average of independent differences: fixed suites are strata, not samples."""
    count = len(strata)
    error = math.sqrt(sum(stratum.error**2 for stratum in strata)) / count
    return Difference(sum(stratum.mean for stratum in strata) / count, error)


def detectable_difference(n: int, discordance: float, power: float = POWER) -> float:
    """Smallest difference in pass rate that ``n`` paired tasks show with ``power`` at the 5 % level.

    ``discordance`` is the share of tasks on which the two disagree (the mean squared difference).
    """
    return (z_value() + NormalDist().inv_cdf(power)) * math.sqrt(discordance / n)


@lru_cache(maxsize=10_000)
def exact_detectable_difference(n: int, discordance: float, power: float = POWER) -> float | None:
    """The same for McNemar's exact test; ``None`` where not even winning all would show.

    A difference greater than ``discordance`` takes more tasks on which the two disagree, all of them won.
    """
    if n < FEWEST:
        return None
    if n * discordance > _MANY:
        return detectable_difference(n, discordance, power)
    power_of = _exact_power(n, discordance)
    steps = 2 ** max(0, math.ceil(math.log2(discordance / _PRECISION)))
    near = detectable_difference(n, discordance, power) + 0.75 / n  # tasks are whole: it takes a bit more
    step = _first(
        lambda step: power_of(discordance * step / steps) >= power, round(steps * near / discordance), steps
    )
    return _least_share(n, power) if step is None else discordance * step / steps


def _first(enough: Callable[[int], bool], near: int, last: int) -> int | None:
    """The first number from 1 to ``last`` that is enough, as all greater ones are; ``near`` is a guess."""
    below, above, stride = 0, last + 1, 1
    while above - below > 1:
        if not below < near < above:
            near = (below + above) // 2
        if enough(near):
            above, near = near, near - stride
        else:
            below, near = near, near + stride
        stride *= 2
    return above if above <= last else None


def _least_share(n: int, power: float) -> float:
    """The least share of wins, without any loss, of which ``n`` tasks have ``FEWEST`` with this chance."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        fewer = sum(math.comb(n, k) * middle**k * (1 - middle) ** (n - k) for k in range(FEWEST))
        low, high = (low, middle) if 1 - fewer >= power else (middle, high)
    return high


def _exact_power(n: int, discordance: float) -> Callable[[float], float]:
    """Chance that McNemar's exact test shows a difference of at most ``discordance``, at the 5 % level.

    That it shows the opposite is left out, as is what happens less than once in a million times.
    """
    expected = n * discordance
    beyond = 5 * math.sqrt(expected) + 5
    least, most = max(FEWEST, int(expected - beyond)), min(n, int(expected + beyond))
    odds = discordance / (1 - discordance)
    chance = math.exp(
        math.log(math.comb(n, least)) + least * math.log(discordance) + (n - least) * math.log1p(-discordance)
    )
    chances = [chance]  # of so many differing tasks
    for differing in range(least, most):
        chances.append(chances[-1] * odds * (n - differing) / (differing + 1))
    return lambda difference: math.fsum(
        map(operator.mul, chances, _chances_to_show(least, (1 - difference / discordance) / 2))
    )


def _chances_to_show(differing: int, loss: float) -> Iterator[float]:
    """Chance of no more losses than McNemar's test allows: on so many differing tasks, on one more, and on.

    ``loss`` is the chance that one of them is lost. From one number to the next the binomial tail shrinks by
    those who lost as many as they might and then once more, and grows where one more loss is allowed.
    """
    allowed = _significant_losses()
    losses = allowed[differing]
    term = tail = (1 - loss) ** differing
    for k in range(losses):
        term *= (differing - k) / (k + 1) * loss / (1 - loss)
        tail += term
    while True:
        yield tail
        tail -= loss * term
        differing += 1
        if allowed[differing] == losses:
            term *= differing / (differing - losses) * (1 - loss)
        else:
            losses += 1
            term *= differing / losses * loss
            tail += term


@lru_cache(maxsize=1)
def _significant_losses() -> Sequence[int]:
    """By the number of differing tasks, the most losses among them with which the others are significant."""
    losses, tail = [0] * FEWEST, 1  # ``tail``: ways to lose as many or fewer, of 2 to the number of tasks
    for differing in range(FEWEST, 2 * _MANY):
        more = tail + math.comb(differing, losses[-1] + 1)
        allowed = 2 * more / 2**differing < 1 - CONFIDENCE
        losses.append(losses[-1] + allowed)
        tail = 2 * (more if allowed else tail) - math.comb(differing, losses[-1])
    return losses


def tasks_to_detect(
    difference: float, discordance: float, noise: float = 0.0, repeats: int = 1, power: float = POWER
) -> int:
    """Paired tasks that show ``difference`` with ``power`` at the 5 % level.

    ``noise`` is the summed variance of both models' answers to one task, averaged away by ``repeats``.
    """
    factor = (z_value() + NormalDist().inv_cdf(power)) ** 2
    return math.ceil(factor * (discordance + noise / repeats) / difference**2)


def exact_tasks_to_detect(difference: float, discordance: float) -> int:
    """The same for McNemar's exact test: more, by the continuity correction of Fleiss."""
    n = tasks_to_detect(difference, max(difference, discordance))
    return math.ceil(n / 4 * (1 + math.sqrt(1 + 2 / (n * difference))) ** 2)


def pass_at_k(n: int, passed: int, k: int) -> float | None:
    """Chance that at least one of ``k`` answers passes, from ``passed`` of ``n``; undefined when n < k."""
    return None if n < k else 1 - math.comb(n - passed, k) / math.comb(n, k)


def pass_hat_k(n: int, passed: int, k: int) -> float | None:
    """Chance that all of ``k`` answers pass (pass^k), from ``passed`` of ``n``; undefined when n < k."""
    return None if n < k else math.comb(passed, k) / math.comb(n, k)
