"""All reports of a scoreboard, written into one folder, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.analysis.heldout import HeldOut
from harness.analysis.scoreboard import Scoreboard, read_examples
from harness.errors import ResultsError
from harness.files import write_atomically
from harness.records import RuleSet
from harness.reporting.charts.plans import draw_charts, plan_charts
from harness.reporting.generated import remove_leftovers
from harness.reporting.guide import render_guide, render_summary
from harness.reporting.html import render_page, render_summary_page
from harness.reporting.pages import render_models
from harness.reporting.profiles import file_names, profiles
from harness.reporting.worth import judge
from harness.rulesfile import to_yaml

if TYPE_CHECKING:
    import duckdb

CHARTS = "charts"


def write_reports(
    con: duckdb.DuckDBPyConnection,
    board: Scoreboard,
    rules: RuleSet,
    out: Path,
    manifests: Sequence[Mapping[str, Any]],
    prompts: Mapping[str, str] | None = None,
) -> list[Path]:
    """Write all reports, charts and pages of models; returns those to begin with. ``board`` is of ``con``.

    ``prompts`` are the texts of tasks by ``task_sha256``: those given are shown beside the answers.
    Raises ``ResultsError`` when ``out`` cannot be written.
    """
    _make_folder(out)
    with ThreadPoolExecutor(1) as pool:  # long texts are read while pictures are drawn
        reading = pool.submit(read_examples, con)
        charts = draw_charts(plan_charts(board))
        examples = reading.result()
    worth = judge(con)
    main: dict[str, str] = {
        "EXECUTIVE_SUMMARY.md": render_summary(board),
        "EXECUTIVE_SUMMARY.html": render_summary_page(board),
        "MODEL_SELECTION_GUIDE.md": _guide(board, manifests, worth),
        "index.html": render_page(board, charts, examples, manifests, prompts or {}, worth),
        "routing_rules.yaml": to_yaml(rules),
    }
    found = profiles(board, examples)
    beside: dict[str, str | bytes] = {}
    beside |= render_models(found, file_names([one.model for one in found]), prompts or {})
    for chart in charts:
        beside[f"{CHARTS}/{chart.plan.name}.svg"] = chart.svg
        beside[f"{CHARTS}/{chart.plan.name}.png"] = chart.png
    try:
        for name, content in (beside | main).items():
            write_atomically(out / name, content)
        for folder in (CHARTS, "models"):
            remove_leftovers(out / folder, {out / name for name in beside})
    except OSError as error:
        raise _unwritable(out, error) from error
    return [out / name for name in main]


def guide_text(
    con: duckdb.DuckDBPyConnection, board: Scoreboard, manifests: Sequence[Mapping[str, Any]]
) -> str:
    """The guide without its pictures being drawn: the same text for the same data, whenever and wherever."""
    return _guide(board, manifests, judge(con))


def _guide(board: Scoreboard, manifests: Sequence[Mapping[str, Any]], worth: HeldOut | None) -> str:
    return render_guide(board, plan_charts(board), CHARTS, manifests, worth)


def _make_folder(out: Path) -> None:
    """Before the work rather than after it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(out, error) from error


def _unwritable(out: Path, error: OSError) -> ResultsError:
    return ResultsError(f"cannot write to {out}: {error.strerror}; choose another folder with --out")
