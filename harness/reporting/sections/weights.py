"""Quality, speed and cost in one score: what weights make of the order."""

from __future__ import annotations

from harness.analysis.composite import ANCHORS, WEIGHTS, anchored
from harness.analysis.standings import Standings
from harness.reporting.measures import MeasureWords, measure_words
from harness.reporting.numbers import UNKNOWN, dollars, percent, rate
from harness.reporting.section import Control, Grid, Only, Report, Section, Text
from harness.reporting.tables import MODEL, Cell, Column, Row, Table, named


def section(report: Report) -> Section | None:
    """The ranked models by their score; a page ranks them anew as its sliders move."""
    if not report.standings.overall or not report.standings.overall.ranked:
        return None
    stands = tuple((name, (str(round(100 * weight)),)) for name, weight in WEIGHTS.items())
    sliders = (Text("Move a slider, and the models are ranked anew.", small=True), Control("sliders", stands))
    table = Grid(weight_table(report.standings), "Models by weighted score", "weights")
    blocks = (
        Text(anchor_words(measure_words(report.standings.by("suite"))), small=True),
        Only("page", sliders),
        table,
    )
    return Section("weights", "Quality, speed and cost weighed", blocks, short="Weights")


def anchor_words(measure: MeasureWords) -> str:
    """What the parts of the score mean."""
    (slow, fast), (expensive, cheap) = ANCHORS["speed"], ANCHORS["cost"]
    weights = ", ".join(f"{name} {percent(weight)}" for name, weight in WEIGHTS.items())
    return (
        f"The score is the mean of three parts, weighted ({weights}), each from 0 to 1: the"
        f" {measure.quality}; speed, from {slow:.0f} to {fast:.0f} tokens a second; cost, from"
        f" ${expensive:g} down to ${cheap:g} for 1,000 tasks. Speed and cost are on logarithmic scales"
        " that do not depend on who takes part. What is unknown makes the score unknown."
        " Leads is the share of all weightings under which a model comes first. Beside the"
        " parts: tokens a second, and dollars for 1,000 tasks."
    )


def weight_table(standings: Standings) -> Table:
    """The ranked models by their score with the published weights; the page's script ranks them anew."""
    columns = (
        Column("#", "place by score"),
        MODEL,
        Column("Score", "weighted mean of the three parts"),
        Column("Quality", measure_words(standings.by("suite")).average),
        Column("Speed", "from tokens a second"),
        Column("Cost", "from USD for 1,000 tasks"),
        Column("Leads", "share of all weightings under which it comes first"),
    )
    leads = {c.model: c.share for c in standings.composites}
    scores = {c.model: c.additive for c in standings.composites}
    scored = []
    for s in standings.overall.ranked if standings.overall else ():
        thousand = None if s.cost_per_task is None else 1000 * s.cost_per_task
        parts = (s.quality, anchored("speed", s.decode_tps), anchored("cost", thousand))
        score = scores.get(s.model)
        cells = (
            named(s.model),
            Cell(_short(score), score),
            Cell(_short(s.quality), s.quality),
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
