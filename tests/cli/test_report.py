"""``harness report --check``: a guide against the runs that it names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.analysis.standings import load_standings
from harness.analysis.statistics import wilson
from harness.reporting.write import guide_text
from harness.results.database import connect
from harness.results.manifests import read_manifests
from harness.results.runs import choose_runs
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.rows import answers, write


def test_a_committed_guide_is_made_again_from_its_runs(harness: Harness) -> None:
    results, guide = Path("results"), Path("GUIDE.md")
    write(results, answers("a", "1" * 90 + "0" * 10) + answers("b", "10" * 50))
    runs = choose_runs(results, ["all"])
    with connect(results, runs) as con:
        text = guide_text(con, load_standings(con), read_manifests(results, runs))
    guide.write_text(text)
    write(
        results, answers("c", "1" * 100, run_id="20261109-120000-later")
    )  # which the guide is not made from
    assert harness("report", "--check", "GUIDE.md").code == 0

    guide.write_text(text.replace("90 %", "99 %"))
    done = harness("report", "--check", "GUIDE.md")
    assert done.code == 1
    assert "GUIDE.md:" in done.out
    assert [line for line in done.out.splitlines() if line.startswith("- ") and "99 %" in line]
    assert [line for line in done.out.splitlines() if line.startswith("+ ") and "90 %" in line]

    guide.write_text(text.replace("20261101-120000-aaaa", "20260101-120000-gone"))
    assert "no run '20260101-120000-gone'" in harness("report", "--check", "GUIDE.md").err
    guide.write_text("# Written by hand")
    assert "does not say from which runs" in harness("report", "--check", "GUIDE.md").err
    assert not Path("reports").exists()


def test_standings_for_a_program_have_every_column_unrounded(harness: Harness) -> None:
    write(Path("results"), answers("a", "110", cost_usd=0.01) + answers("b", "100"))
    head, first, *_ = harness("standings", "--format", "csv").out.splitlines()
    line = dict(zip(head.split(","), first.split(","), strict=True))
    assert (line["suite"], line["rank"], line["model"], line["n"]) == ("math", "1", "a", "3")
    assert float(line["quality"]) == pytest.approx(2 / 3)
    assert float(line["low"]) == pytest.approx(wilson(2, 3)[0])
    (one, _) = json.loads(harness("standings", "--by", "language", "--format", "json").out)
    assert (one["model"], one["cost_per_task"]) == ("a", 0.01)


def test_percentiles_are_shown_where_there_is_room(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    write(Path("results"), answers("a", 40 * "1", cost_usd=None, decode_tps=None))
    for columns, shown in (("80", False), ("120", True)):
        monkeypatch.setenv("COLUMNS", columns)
        assert ("p90" in harness("standings").out) is shown


def test_how_many_rows_there_are_changes_how_a_report_is_made_and_not_what_it_says(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(Path("results"), answers("a", "1101") + answers("b", "0x11"))
    assert harness("report", "--out", "few").code == 0
    monkeypatch.setattr("harness.cli.report._MANY", 0)
    monkeypatch.setattr("harness.cli.report._VERY_MANY", 0)
    assert harness("report", "--out", "many").code == 0
    made = {path.relative_to("few") for path in Path("few").rglob("*") if path.is_file()}
    assert made == {path.relative_to("many") for path in Path("many").rglob("*") if path.is_file()}
    for name in made - {Path("routing_rules.yaml")}:  # which says when it was made
        assert Path("few", name).read_bytes() == Path("many", name).read_bytes()
