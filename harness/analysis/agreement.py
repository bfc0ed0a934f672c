"""How far a judge can be believed, in numbers: agreement with people, favour for a place, corrections.

Pure functions. Kappa: Cohen 1960, weighted 1968, its standard error Fleiss, Cohen and Everitt 1969.
Corrections: prediction-powered inference (Angelopoulos and others 2023), and Rogan and Gladen 1978.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from harness.analysis.statistics import mcnemar, z_value

Table = Sequence[Sequence[float]]  # counts: rows by one judgement, columns by the other, in the same order


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance: 1 is perfect, 0 what chance brings; with its standard error."""

    value: float
    error: float

    @property
    def low(self) -> float:
        """The lower bound of its 95 % interval."""
        return self.value - z_value() * self.error


def agreement(table: Table) -> float:
    """The share of cases on which both judgements agree."""
    return sum(table[i][i] for i in range(len(table))) / sum(map(sum, table))


def kappa(table: Table, *, quadratic: bool = False) -> Kappa:
    """Cohen's kappa; ``quadratic`` counts near misses of ordered classes by the square of their distance.

    Where both judgements always name the same class there is nothing beyond chance: 0.
    """
    size, total = len(table), sum(map(sum, table))
    shares = [[count / total for count in row] for row in table]
    rows = [sum(row) for row in shares]
    columns = [sum(row[j] for row in shares) for j in range(size)]
    weights = [
        [1 - ((i - j) / (size - 1)) ** 2 if quadratic else float(i == j) for j in range(size)]
        for i in range(size)
    ]
    cells = [(i, j) for i in range(size) for j in range(size)]
    observed = sum(weights[i][j] * shares[i][j] for i, j in cells)
    expected = sum(weights[i][j] * rows[i] * columns[j] for i, j in cells)
    if math.isclose(expected, 1):
        return Kappa(0.0, 0.0)
    value = (observed - expected) / (1 - expected)
    by_row = [sum(weights[i][j] * columns[j] for j in range(size)) for i in range(size)]
    by_column = [sum(weights[i][j] * rows[i] for i in range(size)) for j in range(size)]
    spread = sum(
        shares[i][j] * (weights[i][j] - (by_row[i] + by_column[j]) * (1 - value)) ** 2 for i, j in cells
    )
    variance = spread - (value - expected * (1 - value)) ** 2
    return Kappa(value, math.sqrt(max(0.0, variance) / total) / (1 - expected))


def place_bias(first: int, second: int) -> float:
    """Two-sided p-value that a judge who contradicts itself is drawn to neither place.

    Of the pairs of which each order gave another winner: how often the first shown, and how often the second.
    """
    return mcnemar(first, second) if first + second else 1.0


def prediction_powered(judged: float, judged_gold: float, human_gold: float) -> float:
    """A judged share, less the judge's excess on gold pairs: its share there minus that of people."""
    return judged - (judged_gold - human_gold)


def rogan_gladen(share: float, sensitivity: float, specificity: float) -> float | None:
    """The true share behind one that was judged with errors, within 0 and 1.

    ``None`` where the judgement says nothing: it is right no more often than a coin.
    """
    informed = sensitivity + specificity - 1
    return min(1.0, max(0.0, (share + specificity - 1) / informed)) if informed > 0 else None
