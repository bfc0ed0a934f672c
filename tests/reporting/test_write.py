from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from harness.analysis.standings import Standings, load_standings
from harness.errors import ResultsError
from harness.reporting.charts.plans import draw_charts, plan_charts
from harness.reporting.charts.png import png
from harness.reporting.generated import mark
from harness.reporting.reasons import reason
from harness.reporting.write import read_beside, write_reports
from harness.resultrow import ResultRow
from harness.rules.build import build_rules
from harness.rules.file import load_rules
from tests.reporting.conftest import Judged
from tests.rows import answers, database


def test_all_files_are_there_and_no_other(reports: Path) -> None:
    names = {str(path.relative_to(reports)) for path in reports.rglob("*") if path.is_file()}
    charts = {name for name in names if name.startswith("charts/")}
    pages = {name for name in names if name.startswith("models/")}
    assert pages == {"models/good.md", "models/fast.md", "models/evil-m-b-a-b-1m-7-7.md"}
    texts = {
        "EXECUTIVE_SUMMARY.md",
        "EXECUTIVE_SUMMARY.html",
        "MODEL_SELECTION_GUIDE.md",
        "index.html",
        "routing_rules.yaml",
    }
    assert names - charts - pages == texts
    assert {Path(name).suffix for name in charts} == {".svg", ".png"}
    assert len({Path(name).stem for name in charts}) * 2 == len(charts)
    assert load_rules(reports / "routing_rules.yaml").rules


def test_charts_are_the_same_for_the_same_data(standings: Standings, reports: Path) -> None:
    for chart in draw_charts(plan_charts(standings)):  # once more
        assert (reports / f"charts/{chart.plan.name}.svg").read_text("utf-8") == chart.svg
        picture = png(chart.canvas, mark(f"{chart.plan.name}.png"))
        assert (reports / f"charts/{chart.plan.name}.png").read_bytes() == picture


def test_charts_are_well_formed_and_named_after_what_they_show(reports: Path) -> None:
    for path in (reports / "charts").glob("*.svg"):
        assert re.fullmatch(r"[a-z0-9-]+", path.stem)
        root = ElementTree.parse(path).getroot()
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert (reports / "charts/quality-against-cost-overall.svg").exists()
    assert (reports / "charts/quality-by-suite.svg").exists()


def test_pages_and_charts_of_models_that_are_gone_are_removed_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "out"

    def report(name: str, rows: list[ResultRow]) -> set[str]:
        with database(tmp_path / name, rows) as con:
            standings = load_standings(con)
            rules = build_rules(standings, [], [], datetime.now(UTC), words=reason)
            write_reports(read_beside(con), standings, rules, out, [])
        return {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}

    alone = report("only a", answers("a", "1" * 30))
    both = report("both", answers("a", "1" * 30) + answers("b", "10" * 15, cost_usd=0.1))
    assert both - alone >= {"models/b.md", "charts/win-matrix.svg", "charts/win-matrix.png"}
    kept = {"models/notes.md": b"# b\n", "charts/logo.png": b"\x89PNG", "models/copy.md": b""}
    kept["models/copy.md"] = (out / "models/b.md").read_bytes() + b"and my own words"
    for name, content in kept.items():
        (out / name).write_bytes(content)
    assert report("only a again", answers("a", "1" * 30)) == alone | set(kept)


def test_a_folder_that_cannot_be_written_is_one_clear_error(judged: Judged, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    con, standings = judged
    rules = build_rules(standings, [], [], datetime.now(UTC), words=reason)
    with pytest.raises(ResultsError, match="choose another folder with --out"):
        write_reports(read_beside(con), standings, rules, tmp_path / "file" / "below", [])


@pytest.mark.parametrize(
    "rows", [answers("oracle", "11", baseline=True), answers("a", "--"), answers("a", "xx")]
)
def test_reports_of_nearly_nothing(rows: list, tmp_path: Path) -> None:  # type: ignore[type-arg]
    """Baselines only, skips only, errors only: still reports, and nobody is named."""
    with database(tmp_path / "results", rows) as con:
        standings = load_standings(con)
        rules = build_rules(standings, [], [], datetime(2026, 11, 20, tzinfo=UTC), words=reason)
        write_reports(read_beside(con), standings, rules, tmp_path / "out", [])
    assert [rule.primary for rule in rules.rules] == [None]
    assert "No model answered enough" in (tmp_path / "out" / "MODEL_SELECTION_GUIDE.md").read_text()
