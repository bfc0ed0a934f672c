"""Timing two things in turn, A B A B …, so that a machine whose speed drifts does not decide."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any


def paired(ours: Callable[[], float], baseline: Callable[[], float], rounds: int) -> dict[str, Any]:
    """Medians of both figures and of their ratio, pair by pair, after one round that does not count."""
    ours(), baseline()
    pairs = [(ours(), baseline()) for _ in range(rounds)]
    ratios = [a / b for a, b in pairs]
    return {
        "ours": round(median(a for a, _ in pairs), 5),
        "baseline": round(median(b for _, b in pairs), 5),
        "ratio": round(median(ratios), 3),
        "ratio_min": round(min(ratios), 3),
        "ratio_max": round(max(ratios), 3),
        "rounds": rounds,
    }
