"""Whether requests are of other kinds than they were: what rules were measured for may be asked no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from harness.observationrow import Observation


def drift(
    calls: Sequence[Observation], window: int = 500
) -> tuple[dict[str, tuple[float, float]], float] | None:
    """How the mix of task types changed: each one's share before and in the last ``window`` calls, and p.

    p is of the chi-square test of homogeneity. ``None`` where there are fewer than two windows.
    """
    firsts = [call for call in calls if call.attempt in (None, 1)]
    if len(firsts) < 2 * window:
        return None
    from scipy.stats import chi2_contingency

    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for position, call in enumerate(firsts):
        counts[call.task_category][position >= len(firsts) - window] += 1
    shares = {
        name: (before / (len(firsts) - window), after / window) for name, (before, after) in counts.items()
    }
    p = float(chi2_contingency(list(counts.values())).pvalue) if len(counts) > 1 else 1.0
    return shares, p
