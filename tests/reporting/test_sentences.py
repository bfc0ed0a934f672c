"""What every document says of small random results is possible, agrees with itself, and is written well."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import unescape

import pytest
from rich.console import Console

from harness.analysis.board import Board
from harness.analysis.compare import Comparison, compare
from harness.analysis.heldout import HeldOut
from harness.analysis.standings import Standings, load_standings
from harness.reporting.charts.plans import plan_charts
from harness.reporting.choices import use, verdict
from harness.reporting.formats.junit import junit
from harness.reporting.formats.terminal import print_blocks, print_standings
from harness.reporting.model_pages import model_pages
from harness.reporting.profiles import file_names, profiles
from harness.reporting.reasons import reason
from harness.reporting.sections.comparison import section
from harness.reporting.sections.rule_value import judge
from harness.rules.build import build_rules
from harness.rules.file import to_yaml
from tests.reporting.documents import written
from tests.reporting.worlds import RUNS, world
from tests.rows import database

Written = tuple[Standings, dict[str, str]]  # a judgement, and all that is written about it

SEEDS = range(6)
NOUNS = "task|model|suite|answer|run|sample|error|call|other|result|token|rule|point|place|group|row"
IMPOSSIBLE = {
    "not a number": r"\b(NaN|nan|None|inf|Infinity)\b|(?<![\d.,])[-−]0(?![.,]?\d)",
    "a share above 100 %": r"(?<![\d.,])(?:[1-9]\d{3,}|[2-9]\d\d|1\d[1-9]|1[1-9]\d)(?:\.\d+)? ?%",
    "a gap above 100 points": r"(?<![\d.,])(?:[1-9]\d{3,}|[2-9]\d\d|1\d[1-9]|1[1-9]\d)(?:\.\d+)? points",
    "one of several": rf"(?<![\d.,])1 (?:more )?(?:{NOUNS})s\b",
    "several of one": rf"(?<![\d.,])(?:0|[2-9]|\d\d+|\d+,\d+|\d+\.\d+) (?:more )?(?:{NOUNS})\b(?! type)",
    "one other": r"\b1 others\b",
    "punctuation": r"\.\.|,,|;;|:\.|;\.| [.,;](?![\d.])|\(\)|: ?;|\(\s|\s\)",
    "a plural verb for one": r"\b(?:the only task|1 task) (?:are|were)\b",
}


@pytest.fixture(scope="module", params=SEEDS)
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    """The judgement of a world, and every document about it."""
    with database(tmp_path_factory.mktemp("results"), world(request.param)) as con:
        standings = load_standings(con)
        yield standings, documents(standings, judge(con), compare(con, *([run] for run in RUNS)))


def documents(
    standings: Standings, held_out: HeldOut | None, comparisons: Sequence[Comparison]
) -> dict[str, str]:
    """All that is written about standings, as text without marks."""
    plans, texts_of = plan_charts(standings), written(standings, held_out)
    every = profiles(standings, ())
    rules = build_rules(standings, [], [], datetime(2026, 11, 20, tzinfo=UTC), words=reason)
    texts = {
        "guide": _markdown(texts_of["guide"]),
        "summary": _markdown(texts_of["summary"]),
        "page": _visible(texts_of["page"]),
        "sheet": _visible(texts_of["sheet"]),
        "charts": "\n".join(f"{plan.title}\n{plan.alt}" for plan in plans),
        "rules": "\n".join(f"{rule.task_type}: {rule.reason}." for rule in rules.rules),
        "rules file": to_yaml(rules),
        "junit": _visible(junit(comparisons)),
    }
    texts |= {
        name: _markdown(text)
        for name, text in model_pages(every, file_names([p.model for p in every]), {}).items()
    }
    for by in ("suite", "task_type", "language", "difficulty"):
        console = Console(file=io.StringIO(), width=160, force_terminal=False)
        print_standings(standings.boards, console, by)
        print_blocks(section(comparisons).blocks, console)
        assert isinstance(console.file, io.StringIO)
        texts[f"standings by {by}"] = re.sub(" +", " ", console.file.getvalue())
    return texts


def _visible(html: str) -> str:
    """The words of a page, a line a cell or a paragraph."""
    html = re.sub(r"<(style|script)>.*?</\1>", "", html, flags=re.DOTALL)
    html = re.sub(r"</(?:p|li|td|th|h\d|dt|dd|summary|small|title|option)>", "\n", html)
    return (
        unescape(re.sub(r"<[^>]*>", "", html.replace("<small>", "\n")))
        .replace("\u00a0", " ")
        .replace("\u2060", "")
    )


def _markdown(text: str) -> str:
    """Without escapes and links; a table row as it is."""
    text = re.sub(r"\]\([^)]*\)", "]", text.replace("\\", ""))
    return re.sub(r"^\|.*\|$", lambda row: re.sub(" +", " ", row[0]), text, flags=re.MULTILINE)


def test_no_document_says_what_cannot_be(judged: Written) -> None:
    for name, text in judged[1].items():
        for what, pattern in IMPOSSIBLE.items():
            for line in text.splitlines():
                if name != "rules file" or what in ("not a number",):
                    assert not re.search(pattern, line), f"{what} in {name}: {line.strip()}"


def test_no_cell_is_empty(judged: Written) -> None:
    for name, text in judged[1].items():
        if name == "guide" or name == "summary" or name.startswith("models/"):
            rows = [line for line in text.splitlines() if line.startswith("|")]
            assert not [row for row in rows if "| |" in row], name


def boards(standings: Standings) -> list[Board]:
    return [b for of_dimension in standings.boards.values() for b in of_dimension]


def test_who_is_alone_is_alone(judged: Written) -> None:
    for board in boards(judged[0]):
        answered = [s.model for s in board.lines if s.answered and not s.baseline]
        if "only model measured" in reason(board):
            assert answered == [board.ranked[0].model]
        if verdict(board) == "unopposed":
            assert len(board.ranked) == 1
        if verdict(board) == "not measured":
            assert not answered


def test_who_leads_is_ahead(judged: Written) -> None:
    for board in boards(judged[0]):
        decision, text = board.decision, reason(board)
        if lead := re.match(r"(\w+) leads (\w+) by", text):
            first, second = board.of(lead[1]), board.of(lead[2])
            assert first and second and (first.quality or 0) > (second.quality or 0)
        note = use(board).note or ""
        if note.endswith(" leads"):
            others = [s.quality or 0 for s in board.ranked if s.model != note.split()[0]]
            assert (board.ranked[0].quality or 0) > max(others, default=0)
        if decision.pick and decision.reason.kind == "level":
            costs = [s.cost_per_solved for s in board.ranked if s.model in decision.tied]
            if "is the cheapest" in text:
                assert costs.count(decision.pick.cost_per_solved) == 1
        if only := re.search(r"only gaps of ([\d.]+) points", text):
            assert 100 * decision.reason.lead < float(only[1]) + 0.5
        assert (decision.pick is None) == (decision.kind == "insufficient")


def test_a_document_is_not_at_odds_with_itself(judged: Written) -> None:
    standings, texts = judged
    for b in standings.by("task_type"):
        sure = verdict(b) in ("clear", "unopposed", "level")
        for name in ("guide", "summary"):
            row = next(line for line in texts[name].splitlines() if line.startswith(f"| {b.name} "))
            assert ("undecided" in row or "nobody" in row) != sure, (name, row)
    if standings.overall and standings.overall.decision.pick is None:
        assert "place is settled" not in texts["guide"] or standings.overall.decision.leader is None
