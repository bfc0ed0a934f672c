"""Labels and entities by item: what the figures are, which rows count, and how the documents show them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from harness.analysis.labelling import LabelFacts, Labelling, read_labelling
from harness.analysis.standings import Standings
from harness.analysis.views import install
from harness.reporting.formats.html import page
from harness.reporting.formats.markdown import guide
from harness.reporting.report import sections
from harness.reporting.section import Report
from harness.reporting.sections.labels import matrix, section
from harness.resultrow import ResultRow
from tests.rows import database, row

LATER = "20261109-120000-cccc"
# As given, with what was right: 12 of x, 12 of y.
SINGLE = {
    "a": ["xx"] * 9 + ["yx"] * 2 + ["-x"] + ["yy"] * 6 + ["xy"] * 6,
    "b": ["xx"] * 12 + ["yy"] * 11 + ["zy"],
}
BATCHES = ["1111", "0001", "1101", "0000", "1011"]  # clusters whose standard error is known: .18371


def single(model: str, at: int, pair: str, **given: object) -> ResultRow:
    label, expected = pair[0], pair[1]
    metrics = {"label": None if label == "-" else label, "expected": expected}
    if given.pop("chosen", False):
        metrics["scoring"] = "loglik"
    passed = label == expected
    own = {"suite": "tickets", "category": "letters", "grader": "label", "cost_usd": 0.002, "latency_s": 0.5}
    return row(model=model, task_id=f"t{at}", passed=passed, metrics=json.dumps(metrics), **{**own, **given})


def batch(model: str, at: int, right: str, **given: object) -> ResultRow:
    numbered = enumerate(right, 4 * at)
    items = [{"task": f"t{n}", "expected": "x", "label": "x" if one == "1" else "y"} for n, one in numbered]
    metrics = json.dumps({"items": items, "of": "letters"})
    own = {"suite": "tickets", "category": "batch", "grader": "labels", "cost_usd": 0.004, "latency_s": 2.0}
    return row(model=model, task_id=f"b{at}", passed=False, metrics=metrics, **{**own, **given})


def extracted(model: str, at: int, counts: Sequence[int]) -> ResultRow:
    names = ("correct", "partial", "incorrect", "missing", "spurious")
    metrics = json.dumps(dict(zip(names, counts, strict=True)))
    return row(
        model=model, task_id=f"e{at}", suite="tickets", category="names", grader="extraction", passed=False,
        metrics=metrics,
    )  # fmt: skip


def rows() -> Iterator[ResultRow]:
    for model, pairs in SINGLE.items():
        yield from (single(model, at, pair) for at, pair in enumerate(pairs))
        yield from (batch(model, at, right) for at, right in enumerate(BATCHES))
        yield extracted(model, 1, (2, 1, 0, 1, 2) if model == "a" else (4, 0, 0, 0, 0))
        yield extracted(model, 2, (1, 1, 1, 0, 0) if model == "a" else (3, 0, 0, 0, 0))
    failed: dict[str, object] = {"status": "error", "error_type": "timeout", "cost_usd": 0.01}
    yield single("a", 1, "xx", suite="paid")
    yield single("a", 2, "yy", suite="paid")
    yield single("a", 3, "xx", suite="paid", **failed)
    yield single("a", 1, "xx", suite="unpriced")
    yield single("a", 2, "yy", suite="unpriced", cost_usd=None)
    yield from (single("a", at, "xx", suite="chosen", chosen=True, busy_s=0.1) for at in range(3))
    yield from (single("b", at, "xx", suite="chosen") for at in range(3))
    yield single("a", 9, "xx", suite="chosen", **failed)
    yield single("a", 1, "yx", suite="again")
    yield single("a", 1, "xx", suite="again", run_id=LATER)
    yield single("random", 1, "yx", suite="again", baseline=True)
    yield row(suite="again", model="a", task_id="a number")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Labelling:
    with database(tmp_path_factory.mktemp("labels"), rows()) as con:
        install(con, ("suite", "overall"), percentiles=False)
        return read_labelling(con)


def facts_of(
    measured: Labelling, model: str, form: str, label_set: str | None = "letters", suite: str = "tickets"
) -> LabelFacts:
    wanted = (suite, model, form, label_set)
    (facts,) = [of for of in measured.labels if (of.suite, of.model, of.form, of.label_set) == wanted]
    return facts


def test_macro_f1_is_the_mean_over_labels(measured: Labelling) -> None:
    a, b = (facts_of(measured, model, "single") for model in "ab")
    assert a.macro_f1 == pytest.approx((2 * 9 / (12 + 15) + 2 * 6 / (12 + 8)) / 2)
    assert b.macro_f1 == pytest.approx((1 + 2 * 11 / (12 + 11) + 0) / 3)  # z was never right
    assert (a.n, a.rate, a.unread) == (24, 15 / 24, 1)
    assert facts_of(measured, "a", "single", None).macro_f1 == a.macro_f1


def test_items_of_a_batch_are_counted_singly_and_clustered_by_call(measured: Labelling) -> None:
    a = facts_of(measured, "a", "batch")
    assert (a.n, a.rate) == (20, 0.55)
    assert a.low == pytest.approx(0.55 - 2.776445 * 0.18371, abs=1e-4)
    assert a.high == pytest.approx(min(1, 0.55 + 2.776445 * 0.18371))


def test_items_that_were_asked_alone_and_in_batches(measured: Labelling) -> None:
    a = next(of for of in measured.batches if of.model == "a")
    alone = [pair[0] == pair[1] for pair in SINGLE["a"][:20]]
    together = [one == "1" for one in "".join(BATCHES)]
    assert (a.n, a.single_rate, a.batch_rate) == (20, sum(alone) / 20, 0.55)
    assert a.only_single == sum(one > other for one, other in zip(alone, together, strict=True))
    assert a.only_batch == sum(one < other for one, other in zip(alone, together, strict=True))


def test_cost_of_a_thousand_items_and_items_a_second(measured: Labelling) -> None:
    alone, many = (facts_of(measured, "a", form) for form in ("single", "batch"))
    assert alone.usd_per_1000 == pytest.approx(2.0)
    assert many.usd_per_1000 == pytest.approx(1.0)
    assert alone.items_per_s == many.items_per_s == pytest.approx(2.0)
    assert alone.items_at_once is None


def test_unknown_cost_is_unknown_and_failed_calls_are_paid_for(measured: Labelling) -> None:
    assert facts_of(measured, "a", "single", suite="paid").usd_per_1000 == pytest.approx(7.0)
    assert facts_of(measured, "a", "single", suite="unpriced").usd_per_1000 is None


def test_choosing_the_likeliest_is_told_apart_from_writing(measured: Labelling) -> None:
    forms = {of.model: of.form for of in measured.labels if of.suite == "chosen"}
    assert forms == {"a": "likelihood", "b": "single"}
    assert facts_of(measured, "a", "likelihood", suite="chosen").items_at_once == pytest.approx(10.0)


def test_the_newest_row_of_each_sample_counts_and_baselines_do_not(measured: Labelling) -> None:
    facts = [of for of in measured.labels if of.suite == "again" and of.label_set]
    assert [(of.model, of.n, of.rate) for of in facts] == [("a", 1, 1.0)]


def test_entities_over_all_texts_together(measured: Labelling) -> None:
    a, b = sorted(measured.extractions, key=lambda of: of.model)
    assert (a.n, a.entities) == (2, 7)
    measures = [a.precision, a.recall, a.f1, a.exact_f1]
    assert measures == pytest.approx([4 / 8, 4 / 7, 8 / 15, 6 / 15])
    assert (b.f1, b.exact_f1) == (1.0, 1.0)


def test_a_matrix_has_a_row_a_right_label_and_a_column_an_answer(measured: Labelling) -> None:
    def cells(model: str) -> list[list[str]]:
        wanted = ("tickets", model, "single")
        confusions = measured.confusions
        table = matrix([of for of in confusions if (of.suite, of.model, of.form) == wanted])
        return [[column.title for column in table.columns]] + [[c.text for c in r.cells] for r in table.rows]

    assert cells("a") == [
        ["right is", "x", "y", "unread", "items"],
        ["x", "9", "2", "1", "12"],
        ["y", "6", "6", "·", "12"],
    ]
    assert cells("b") == [
        ["right is", "x", "y", "z", "items"],
        ["x", "12", "·", "·", "12"],
        ["y", "·", "11", "1", "12"],
    ]


def test_guide_and_page_show_it(measured: Labelling, standings: Standings) -> None:
    report = Report(replace(standings, labelling=measured))
    parts = [part for part in sections(report) if part.name == "labels"]
    text, source = guide(report, parts), page(report, parts)
    lines = [[cell.strip() for cell in line.split("|")][1:-1] for line in text.split("\n")]
    line = next(line for line in lines if line[:3] == ["a", "one a call", "24"])
    assert line[3:5] == ["0.633", "62 %"] and line[7:9] == ["$2.00", "2.0"]
    assert "75 % right alone and 55 % in batches, of 20 items asked both ways" in text
    assert "y taken for x in 6 of 12 (letters)" in text
    assert text.count("is chosen, not written, by a: that is another measurement") == 1
    assert ["a", "2", "7", "0.500", "0.571", "0.533", "0.400"] in lines
    assert "tiles" not in text
    assert source.count('<table class="tiles">') == 4  # of two models, in two forms
    assert 'style="--h:75%"' in source


def test_without_labels_there_is_no_section(standings: Standings) -> None:
    assert section(Report(standings)) is None
