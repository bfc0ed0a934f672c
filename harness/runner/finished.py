"""What a run has already: read from its parts when it is resumed."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.columns import column, text_scalar
from harness.graders.follow_up import FOR_GOOD
from harness.jsontext import object_of
from harness.models.enginekinds import ENGINES
from harness.resultrow import ResultRow
from harness.results.locations import ResultsLocation, parts_of
from harness.results.store import read_parts

if TYPE_CHECKING:
    import pyarrow as pa

DROPPED = "dropped"  # error_type of samples that the run's format left out: nobody is asked them again
Judged = tuple[str, str, str, int, bool, float | None]  # suite, model, task id, repeat, passed, score


@dataclass(frozen=True, slots=True)
class Finished:
    """What a run has: samples that need no second try, how many of each model, USD spent by provider.

    ``dropped`` are those that its format left out; they count in ``by_model`` too. ``unfollowed`` are rows,
    by sample, whose second change could not be judged: only that is asked again.
    """

    samples: Set[str]
    by_model: Mapping[str, int]
    spent: Mapping[str, float]
    dropped: Set[str] = frozenset()
    unfollowed: Mapping[str, ResultRow] = field(default_factory=dict)


def finished(
    results: ResultsLocation, run_id: str, *, retry_errors: bool = False, follow_ups: bool = False,
    wanted: Callable[[str], bool] = lambda name: True,
) -> Finished:  # fmt: skip
    """What ``run_id`` has already.

    Only parts whose names are ``wanted`` are read.
    No second try need samples that were graded (with ``follow_ups``, their second change too), failed for
    good (unless ``retry_errors``), or are excluded. Spent is what endpoints were paid: not for local models,
    nor for replays.
    """
    parts = [part for part in parts_of(results / run_id) if wanted(part.name)]
    if not parts:
        return Finished(frozenset(), {}, {})
    import pyarrow as pa
    import pyarrow.compute as pc

    billed = [name for name, kind in ENGINES.items() if kind.billed]
    columns = ["sample_id", "model", "status", "error_type", "engine", "provider", "timing", "cost_usd"]
    columns.append("follow_up_usd")  # which older parts lack
    model_of: dict[str, str] = {}
    left_out: dict[str, str] = {}
    spent: dict[str, float] = defaultdict(float)
    for table in read_parts(parts, columns):
        graded = pc.equal(table["status"], text_scalar("ok"))
        settled = graded if retry_errors else pc.or_(graded, pc.equal(table["status"], text_scalar("error")))
        excluded = pc.equal(table["error_type"], text_scalar("excluded"))
        model_of.update(_models(table.filter(pc.or_kleene(settled, excluded))))
        left_out.update(_models(table.filter(pc.equal(table["error_type"], text_scalar(DROPPED)))))
        asked = pc.is_in(table["engine"], value_set=column(billed, pa.string()))
        bought = pc.and_(asked, pc.not_equal(table["timing"], text_scalar("replayed")))
        bills = [name for name in ("cost_usd", "follow_up_usd") if name in table.column_names]
        paid = table.filter(bought)
        for provider, *usd in zip(*(paid[name].to_pylist() for name in ["provider", *bills]), strict=True):
            spent[provider] += sum(cost or 0.0 for cost in usd)
    unfollowed = _unfollowed(parts, spent) if follow_ups else {}
    for sample in unfollowed:
        model_of.pop(sample, None)
    dropped = left_out.keys() - model_of.keys()
    by_model = Counter(model_of.values()) + Counter(left_out[sample] for sample in dropped)
    return Finished(model_of.keys(), by_model, spent, dropped, unfollowed)


def _unfollowed(parts: Sequence[ResultsLocation], spent: dict[str, float]) -> dict[str, ResultRow]:
    """The newest rows of samples whose second change could not be judged, but might be yet.

    What was paid where only the second change was asked is added to ``spent``: such rows count as replayed.
    """
    import pyarrow.compute as pc

    waiting: dict[str, ResultRow] = {}
    for table in read_parts(parts, None):
        followed = pc.match_substring(table["metrics"], '"follow_up": {')
        for values in table.filter(followed).to_pylist():
            row = ResultRow(**values)
            waiting.pop(row.sample_id, None)
            second = (object_of(row.metrics) or {}).get("follow_up") or {}
            if second.get("asked_later") and ENGINES[row.engine].billed:
                spent[row.provider] += row.follow_up_usd or 0.0
            if (
                row.output is not None
                and second.get("passed") is None
                and second.get("reason") not in FOR_GOOD
            ):
                waiting[row.sample_id] = row
    return waiting


def _models(rows: pa.Table) -> Iterator[tuple[str, str]]:
    """Sample ids with their models."""
    return zip(rows["sample_id"].to_pylist(), map(sys.intern, rows["model"].to_pylist()), strict=True)


def is_settled(row: ResultRow) -> bool:
    """Whether a sample needs no second try: it was graded, failed for good, or is left out."""
    return row.status != "skipped" or row.error_type in ("excluded", DROPPED)


def verdicts(results: ResultsLocation, run_id: str) -> Iterator[Judged]:
    """Every verdict of a run, in the order it was given."""
    import pyarrow.compute as pc

    columns = ["suite", "model", "task_id", "repeat", "passed", "score", "status"]
    for table in read_parts(parts_of(results / run_id), columns):
        judged = table.filter(pc.equal(table["status"], text_scalar("ok")))
        yield from zip(*(judged[name].to_pylist() for name in columns[:6]), strict=True)
