"""All reports of standings, written into one folder, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.analysis.extras import Example
from harness.analysis.facts import read_examples
from harness.analysis.heldout import HeldOut
from harness.analysis.judged import Judged
from harness.analysis.likeness import Likenesses, read_likenesses
from harness.analysis.standings import Standings
from harness.errors import ResultsError
from harness.files import write_atomically
from harness.reporting.charts.painter import Paint, paint_here
from harness.reporting.charts.plans import draw_charts, plan_charts
from harness.reporting.formats.html import page, sheet
from harness.reporting.formats.markdown import CHARTS, guide, summary
from harness.reporting.generated import mark, remove_outdated
from harness.reporting.model_pages import model_pages
from harness.reporting.profiles import file_names, profiles
from harness.reporting.report import sections
from harness.reporting.section import Pictures, Report, no_pictures
from harness.reporting.sections.rule_value import judge
from harness.rules.file import to_yaml
from harness.rules.ruleset import RuleSet

if TYPE_CHECKING:
    import duckdb


_AT_ONCE = 8  # files: the disk takes its time for each


@dataclass(frozen=True, slots=True)
class Beside:
    """What reports show of the rows beside the standings."""

    examples: tuple[Example, ...]
    rule_value: HeldOut | None
    likenesses: Likenesses


def read_beside(con: duckdb.DuckDBPyConnection, installed: Callable[[], object] = lambda: None) -> Beside:
    """All of it. What rules are worth needs no views, so ``installed`` waits for ``install`` only then."""
    rule_value = judge(con)
    installed()
    return Beside(read_examples(con), rule_value, read_likenesses(con))


def write_reports(
    beside: Beside,
    standings: Standings,
    rules: RuleSet,
    out: Path,
    manifests: Sequence[Mapping[str, Any]],
    prompts: Mapping[str, str] | None = None,
    pictures: Pictures = no_pictures,
    judged: Sequence[Judged] = (),
    paint: Paint = paint_here,
) -> list[Path]:
    """Write all reports, charts and pages of models; returns those to begin with.

    ``prompts`` are the texts of tasks by ``task_sha256``, ``pictures`` gives what they show; both stand
    beside the answers. ``judged`` is what judges said. ``paint`` makes PNGs of pictures.
    Raises ``ResultsError`` when ``out`` cannot be written.
    """
    _make_folder(out)
    charts = draw_charts(plan_charts(standings))
    painted = paint([(chart.canvas, mark(f"{chart.plan.name}.png")) for chart in charts])
    report = Report(
        standings, manifests, beside.rule_value, beside.examples, prompts or {}, pictures, judged,
        beside.likenesses,
    )  # fmt: skip
    parts = sections(report)
    main: dict[str, str] = {
        "EXECUTIVE_SUMMARY.md": summary(report, parts),
        "EXECUTIVE_SUMMARY.html": sheet(report, parts),
        "MODEL_SELECTION_GUIDE.md": guide(report, parts),
        "index.html": page(report, parts, charts),
        "routing_rules.yaml": to_yaml(rules),
    }
    every = profiles(standings, beside.examples)
    others: dict[str, str | bytes] = {}
    others |= model_pages(every, file_names([one.model for one in every]), report.prompts)
    for chart, picture in zip(charts, painted(), strict=True):
        others[f"{CHARTS}/{chart.plan.name}.svg"] = chart.svg
        others[f"{CHARTS}/{chart.plan.name}.png"] = picture
    try:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            files = others | main
            list(pool.map(write_atomically, [out / name for name in files], files.values()))
        for folder in (CHARTS, "models"):
            remove_outdated(out / folder, {out / name for name in others})
    except OSError as error:
        raise _unwritable(out, error) from error
    return [out / name for name in main]


def guide_text(
    con: duckdb.DuckDBPyConnection,
    standings: Standings,
    manifests: Sequence[Mapping[str, Any]],
    judged: Sequence[Judged] = (),
) -> str:
    """The guide without its pictures being drawn: the same text for the same data, whenever and wherever."""
    report = Report(standings, manifests, judge(con), judged=judged)
    return guide(report, sections(report))


def _make_folder(out: Path) -> None:
    """Before the work rather than after it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(out, error) from error


def _unwritable(out: Path, error: OSError) -> ResultsError:
    return ResultsError(f"cannot write to {out}: {error.strerror}; choose another folder with --out")
