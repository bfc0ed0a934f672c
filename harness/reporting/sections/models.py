"""All models in short, and on a page what there is to say of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.analysis.standings import Standings
from harness.reporting.columns import quality_cell
from harness.reporting.measures import measure_words
from harness.reporting.model_classes import COSTS, SPEEDS, class_of
from harness.reporting.numbers import UNKNOWN, percent
from harness.reporting.profiles import Profile, file_names, profiles
from harness.reporting.section import Bullets, Columns, Folded, Grid, Only, Report, Section, Text
from harness.reporting.tables import Cell, Column, Row, Table, words

_HEADS = 3  # strengths that the index names
_NOTHING = ("Nothing stands out.",)


def section(report: Report) -> Section:
    """The index; names lead to the pages of models from the guide, and unfold on the page."""
    every = profiles(report.standings, ())
    index = index_table(every, report.standings, file_names([one.model for one in every]))
    leads = Text(
        "Each name leads to the model's own page: where it stands, what it is good and bad at, and failed"
        " tasks."
    )
    folds = tuple(_profile(one) for one in every)
    blocks = (Grid(index, "All models", "cards"), Only("guide", (leads,)), Only("page", folds))
    return Section("models", "The models", blocks, short="Models")


def _profile(one: Profile) -> Folded:
    lists = (
        ("Good at", one.strengths or _NOTHING),
        ("Bad at", one.weaknesses or _NOTHING),
        ("Speed, cost and reliability", (one.speed, one.cost, one.reliability)),
    )
    blocks = (Text(one.about, small=True), Bullets(one.uses), Columns(lists))
    return Folded(one.headline, blocks, open=False, model=one.model)


def index_table(every: Sequence[Profile], standings: Standings, files: Mapping[str, str]) -> Table:
    """All models in short; names lead to ``files``."""
    columns = (
        *words("Model"),
        Column("Overall", measure_words(standings.by("suite")).average),
        *words("Speed", "Cost"),
        Column("Reliable", "calls that were answered"),
        *words("Good at", "Bad at"),
    )
    rows = []
    for one in every:
        s = standings.overall.of(one.model) if standings.overall else None
        cells = (
            Cell(one.model, model=one.model, href=files.get(one.model)),
            quality_cell(s) if s else Cell(UNKNOWN),
            Cell(class_of(SPEEDS, s.latency_p50_s if s else None)),
            Cell(class_of(COSTS, s.cost_per_task if s else None)),
            Cell(percent(s.reliability if s else None), s.reliability if s else None),
            Cell(_heads(one.strengths)),
            Cell(_heads(one.weaknesses)),
        )
        rows.append(Row(cells))
    return Table(columns, tuple(rows))


def _heads(sentences: Sequence[str]) -> str:
    """What the first few sentences are about."""
    return ", ".join([text.partition(":")[0] for text in sentences if ":" in text][:_HEADS]) or UNKNOWN
