"""Quality, speed and cost in one score: what weights make of the order."""

from __future__ import annotations

import math

from harness.analysis.scoreboard import Scoreboard
from harness.reporting.numbers import UNKNOWN, dollars, percent, quality, rate
from harness.reporting.tables import MODEL, Cell, Column, Row, Table, named

WEIGHTS = {"quality": 0.6, "speed": 0.2, "cost": 0.2}
ANCHORS = {"speed": (10.0, 400.0), "cost": (20.0, 0.05)}


def anchored(what: str, value: float | None) -> float | None:
    if not value:
        return None
    worst, best = ANCHORS[what]
    return min(1.0, max(0.0, math.log(value / worst) / math.log(best / worst)))


def anchor_words() -> str:
    """What the parts of the score mean."""
    (slow, fast), (dear, cheap) = ANCHORS["speed"], ANCHORS["cost"]
    return (
        "The score is the weighted mean of three parts, each from 0 to 1: the share of tasks passed; speed,"
        f" from {slow:.0f} to {fast:.0f} tokens a second; cost, from ${dear:g} down to ${cheap:g} for 1,000"
        " tasks. Speed and cost are on logarithmic scales that do not depend on who takes part. What is"
        " unknown makes the score unknown."
    )


def weight_table(board: Scoreboard) -> Table:
    """The ranked models by their score with the published weights; the page's script ranks them anew."""
    columns = (
        Column("#", "place by score"),
        MODEL,
        Column("Score", "weighted mean of the three parts"),
        Column("Quality", "average share of tasks passed"),
        Column("Speed", "tokens a second"),
        Column("Cost", "USD for 1,000 tasks"),
        Column("Leads", "share of all weightings under which it comes first"),
    )
    leads = {c.model: c.share for c in board.composites}
    scored = []
    for s in board.overall.ranked if board.overall else ():
        thousand = None if s.cost_per_task is None else 1000 * s.cost_per_task
        parts = (s.quality, anchored("speed", s.decode_tps), anchored("cost", thousand))
        known = [p * w for p, w in zip(parts, WEIGHTS.values(), strict=True) if p is not None]
        score = sum(known) if len(known) == len(parts) else None
        cells = (
            named(s.model),
            Cell(_short(score), score),
            Cell(_short(s.quality), s.quality, note=quality(s)),
            Cell(_short(parts[1]), parts[1], note=rate(s.decode_tps)),
            Cell(_short(parts[2]), parts[2], note=dollars(thousand)),
            Cell(percent(leads.get(s.model)), leads.get(s.model)),
        )
        data = ",".join("" if p is None else f"{p:.4f}" for p in parts)
        scored.append((score, cells, data))
    scored.sort(key=lambda line: -1.0 if line[0] is None else line[0], reverse=True)
    rows = [
        Row((Cell(UNKNOWN if score is None else str(place), place), *cells), parts=data)
        for place, (score, cells, data) in enumerate(scored, 1)
    ]
    return Table(columns, tuple(rows), heading=1)


def _short(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.2f}"
