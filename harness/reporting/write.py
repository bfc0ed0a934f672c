"""All reports of a scoreboard, written into one folder, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.analysis.scoreboard import Scoreboard, read_examples
from harness.errors import ResultsError
from harness.files import write_atomically
from harness.records import RuleSet
from harness.reporting.charts import draw_charts
from harness.reporting.guide import render_guide
from harness.reporting.html import render_page
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
    """Write guide, page, rules and charts; returns the first three. ``board`` was loaded from ``con``.

    ``prompts`` are the texts of tasks by ``task_sha256``: those given are shown beside the answers.
    Raises ``ResultsError`` when ``out`` cannot be written.
    """
    _make_folder(out)
    charts = draw_charts(board)
    page = render_page(board, charts, read_examples(con), manifests, prompts or {})
    main: dict[str, str] = {
        "MODEL_SELECTION_GUIDE.md": render_guide(board, charts, CHARTS, manifests),
        "index.html": page,
        "routing_rules.yaml": to_yaml(rules),
    }
    pictures: dict[str, str | bytes] = {}
    for chart in charts:
        pictures[f"{CHARTS}/{chart.name}.svg"] = chart.svg
        pictures[f"{CHARTS}/{chart.name}.png"] = chart.png
    try:
        for name, content in (pictures | main).items():
            write_atomically(out / name, content)
    except OSError as error:
        raise _unwritable(out, error) from error
    return [out / name for name in main]


def _make_folder(out: Path) -> None:
    """Before the work rather than after it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(out, error) from error


def _unwritable(out: Path, error: OSError) -> ResultsError:
    return ResultsError(f"cannot write to {out}: {error.strerror}; choose another folder with --out")
