"""Labels and entities by item: what the figures are, which rows count, and how the documents show them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from harness.analysis.labelling import LabelFacts, Labelling, read_labelling
from harness.analysis.standings import Standings, load_standings
from harness.analysis.views import install
from harness.reporting.formats.html import page
from harness.reporting.formats.markdown import guide
from harness.reporting.report import sections
from harness.reporting.section import Report
from harness.reporting.sections.labels import matrix
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


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Standings:
    with database(tmp_path_factory.mktemp("labels"), rows()) as con:
        return load_standings(con)


def facts_of(labelling: Labelling, model: str, form: str, label_set: str | None = "letters") -> LabelFacts:
    (facts,) = [
        of for of in labelling.labels if (of.model, of.form, of.label_set) == (model, form, label_set)
    ]
    return facts


def labelled(folder: Path, *taken: ResultRow) -> Labelling:
    with database(folder, taken) as con:
        install(con, ("suite", "overall"))
        return read_labelling(con)


def test_macro_f1_is_the_mean_over_labels(measured: Standings) -> None:
    a, b = (facts_of(measured.labelling, model, "single") for model in "ab")
    assert a.macro_f1 == pytest.approx((2 * 9 / (12 + 15) + 2 * 6 / (12 + 8)) / 2)
    assert b.macro_f1 == pytest.approx((1 + 2 * 11 / (12 + 11) + 0) / 3)  # z was never right
    assert (a.n, a.rate, a.unread) == (24, 15 / 24, 1)
    assert facts_of(measured.labelling, "a", "single", None).macro_f1 == a.macro_f1


def test_items_of_a_batch_are_counted_singly_and_clustered_by_call(measured: Standings) -> None:
    a = facts_of(measured.labelling, "a", "batch")
    assert (a.n, a.rate) == (20, 0.55)
    assert a.low == pytest.approx(0.55 - 2.776445 * 0.18371, abs=1e-4)
    assert a.high == pytest.approx(min(1, 0.55 + 2.776445 * 0.18371))


def test_items_that_were_asked_alone_and_in_batches(measured: Standings) -> None:
    a = next(of for of in measured.labelling.batches if of.model == "a")
    alone = [pair[0] == pair[1] for pair in SINGLE["a"][:20]]
    together = [one == "1" for one in "".join(BATCHES)]
    assert (a.n, a.single_rate, a.batch_rate) == (20, sum(alone) / 20, 0.55)
    assert a.only_single == sum(one > other for one, other in zip(alone, together, strict=True))
    assert a.only_batch == sum(one < other for one, other in zip(alone, together, strict=True))


def test_cost_of_a_thousand_items_and_items_a_second(measured: Standings) -> None:
    alone, many = (facts_of(measured.labelling, "a", form) for form in ("single", "batch"))
    assert alone.usd_per_1000 == pytest.approx(2.0)
    assert many.usd_per_1000 == pytest.approx(1.0)
    assert alone.items_per_s == many.items_per_s == pytest.approx(2.0)
    assert alone.items_at_once is None


def test_unknown_cost_is_unknown_and_failed_calls_are_paid_for(tmp_path: Path) -> None:
    failed = single("a", 9, "xx", status="error", error_type="timeout", cost_usd=0.01)
    paid = labelled(tmp_path / "paid", single("a", 1, "xx"), single("a", 2, "yy"), failed)
    assert facts_of(paid, "a", "single").usd_per_1000 == pytest.approx(7.0)
    unknown = labelled(tmp_path / "unknown", single("a", 1, "xx"), single("a", 2, "yy", cost_usd=None))
    assert facts_of(unknown, "a", "single").usd_per_1000 is None


def test_choosing_the_likeliest_is_told_apart_from_writing(tmp_path: Path) -> None:
    chosen = [single("a", at, "xx", chosen=True, busy_s=0.1) for at in range(3)]
    failed = single("a", 9, "xx", status="error", error_type="timeout", cost_usd=0.01)
    with database(tmp_path, [*chosen, failed, *(single("b", at, "xx") for at in range(3))]) as con:
        measured = load_standings(con)
    forms = {of.model: of.form for of in measured.labelling.labels}
    assert forms == {"a": "likelihood", "b": "single"}
    assert facts_of(measured.labelling, "a", "likelihood").items_at_once == pytest.approx(10.0)
    text = guide(Report(measured), sections(Report(measured)))
    assert "is chosen, not written, by a: that is another measurement" in text


def test_the_newest_row_of_each_sample_counts_and_baselines_do_not(tmp_path: Path) -> None:
    again = single("a", 1, "xx", run_id=LATER)
    guess = single("random", 1, "yx", baseline=True)
    other = labelled(tmp_path, single("a", 1, "yx"), again, guess, row(suite="tickets", model="a"))
    assert [(of.model, of.n, of.rate) for of in other.labels if of.label_set] == [("a", 1, 1.0)]


def test_entities_over_all_texts_together(measured: Standings) -> None:
    a, b = sorted(measured.labelling.extractions, key=lambda of: of.model)
    assert (a.n, a.entities) == (2, 7)
    measures = [a.precision, a.recall, a.f1, a.exact_f1]
    assert measures == pytest.approx([4 / 8, 4 / 7, 8 / 15, 6 / 15])
    assert (b.f1, b.exact_f1) == (1.0, 1.0)


def test_a_matrix_has_a_row_a_right_label_and_a_column_an_answer(measured: Standings) -> None:
    def cells(model: str) -> list[list[str]]:
        chosen = [of for of in measured.labelling.confusions if (of.model, of.form) == (model, "single")]
        table = matrix(chosen)
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


def test_guide_and_page_show_it(measured: Standings) -> None:
    report = Report(measured)
    parts = sections(report)
    text, source = guide(report, parts), page(report, parts)
    lines = [[cell.strip() for cell in line.split("|")][1:-1] for line in text.split("\n")]
    (line,) = [line for line in lines if line[:2] == ["a", "one a call"]]
    assert line[2:5] == ["24", "0.633", "62 %"] and line[7:9] == ["$2.00", "2.0"]
    assert "75 % right alone and 55 % in batches, of 20 items asked both ways" in text
    assert "y taken for x in 6 of 12 (letters)" in text
    assert ["a", "2", "7", "0.500", "0.571", "0.533", "0.400"] in lines
    assert "tiles" not in text
    assert source.count('<table class="tiles">') == 4  # of two models, in two forms
    assert 'style="--h:75%"' in source


def test_without_labels_there_is_no_section(standings: Standings) -> None:
    assert standings.labelling == Labelling()
    assert "labels" not in [part.name for part in sections(Report(standings))]
