"""How models label and extract, item by item: ``labels`` and ``extractions``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from harness.analysis.facts import records, too_many
from harness.analysis.views import is_empty

if TYPE_CHECKING:
    import duckdb

AnswerForm = Literal["single", "batch", "likelihood"]


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """How a model labels ``n`` items of a set (``None``: of all sets of a suite), asked in one form.

    ``macro_f1`` is the mean F1 of the labels, over sets the mean of theirs. Of ``unread`` items no label can
    be read. ``items_per_s`` is of calls one after another, ``items_at_once`` of a local model that answers
    several at a time.
    """

    suite: str
    label_set: str | None
    form: AnswerForm
    model: str
    n: int
    rate: float
    low: float | None
    high: float | None
    unread: int
    macro_f1: float
    usd_per_1000: float | None
    items_per_s: float | None
    items_at_once: float | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """On how many items a model gave ``label`` (``None``: none could be read) where ``expected`` is right."""

    suite: str
    label_set: str
    form: AnswerForm
    model: str
    expected: str
    label: str | None
    items: int


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """How a model labels ``n`` items that it was asked for alone and in batches.

    ``only_single`` are right alone and not in the batch, ``only_batch`` the other way round.
    """

    suite: str
    model: str
    n: int
    single_rate: float
    batch_rate: float
    only_single: int
    only_batch: int


@dataclass(frozen=True, slots=True)
class ExtractionFacts:
    """How a model finds the ``entities`` of ``n`` texts, half of one that is partly right."""

    suite: str
    category: str
    model: str
    n: int
    entities: int
    precision: float | None
    recall: float | None
    f1: float | None
    exact_f1: float | None


@dataclass(frozen=True, slots=True)
class Labelling:
    """What models did on labels and entities, the best first in each set."""

    labels: tuple[LabelFacts, ...] = ()
    confusions: tuple[Confusion, ...] = ()
    batches: tuple[BatchFacts, ...] = ()
    extractions: tuple[ExtractionFacts, ...] = ()


def read_labelling(con: duckdb.DuckDBPyConnection) -> Labelling:
    """Of all models, after ``load_standings``; of very many samples nothing."""
    if too_many(con):
        return Labelling()
    extractions = records(con, "extractions", ExtractionFacts, "ORDER BY suite, category, f1 DESC, model")
    if is_empty(con, "labels"):
        return Labelling(extractions=extractions)
    best_first = "ORDER BY suite, label_set NULLS FIRST, form DESC, macro_f1 DESC, model"
    of_sets = "(SELECT suite, label_set, form, model, unnest(confusions, recursive := true) FROM labels)"
    in_order = "ORDER BY suite, label_set, form DESC, model, expected, label NULLS LAST"
    of_batches = "(SELECT suite, model, unnest(beside_single) FROM labels WHERE beside_single IS NOT NULL)"
    return Labelling(
        records(con, "labels", LabelFacts, best_first),
        records(con, of_sets, Confusion, in_order),
        records(con, of_batches, BatchFacts, "ORDER BY suite, batch_rate DESC, model"),
        extractions,
    )
