from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from harness.analysis.compare import Comparison, TaskChange
from harness.analysis.standings import Standings
from harness.reporting.formats.aligned import print_aligned
from harness.reporting.formats.terminal import print_blocks, print_standings
from harness.reporting.sections.comparison import section
from harness.reporting.tables import Column


def shown(standings: Standings, width: int, by: str = "suite") -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=False)
    print_standings(standings.boards, console, by)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def test_every_suite_and_the_overall_table_are_there(standings: Standings) -> None:
    text = shown(standings, 160)
    for name in ("queries", "sums", "code", "Overall"):
        assert f"\n{name}\n" in text
    assert "✗" in text
    assert "$0.0042" in text
    assert "oracle" in text


def test_a_narrow_terminal_loses_columns_and_no_figures(standings: Standings) -> None:
    narrow, wide = shown(standings, 80), shown(standings, 200)
    assert "TTFT" in wide
    assert "TTFT" not in narrow
    assert "Pass rate" in narrow
    assert "…" not in narrow
    assert max(map(len, narrow.splitlines())) <= 80


@pytest.mark.parametrize("by", ["category", "language", "difficulty", "role"])
def test_by_another_dimension(standings: Standings, by: str) -> None:
    text = shown(standings, 120, by)
    assert all(f"\n{table.name}\n" in text for table in standings.by(by))
    assert "\nOverall" not in text


def test_a_name_cannot_steer_the_terminal(standings: Standings) -> None:
    text = shown(standings, 200)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "␛[1m" in text


def test_a_comparison_keeps_its_verdict_in_a_narrow_terminal() -> None:
    name = "openrouter/deepseek/deepseek-chat-v3.1:free"
    console = Console(file=io.StringIO(), width=80, force_terminal=False)
    tasks = tuple(TaskChange(f"t-{n}", 1.0, 0.0) for n in range(30))
    comparison = Comparison(name, "writing-for-people", "pass", 60, 0.83, 0.33, tasks, (), 1e-9, 0.2)
    print_blocks(section([comparison]).blocks[:1], console)
    file = console.file
    assert isinstance(file, io.StringIO)
    text = file.getvalue()
    assert "…" not in text
    assert re.sub(r"\s+", " ", text).count("83 % 33 %") == 1
    assert "worse" in text
    names = [re.split(r"\s{2,}", line.strip())[0] for line in text.splitlines()[3:]]
    assert "".join(names) == name  # folded, and whole


def test_columns_line_up_by_what_a_screen_shows() -> None:
    console = Console(file=io.StringIO(), width=32, force_terminal=False)
    columns = (Column("Name", number=False), Column("N"), Column("Why", number=False))
    rows = [
        [("模型\n", ""), ("1,000", "bold"), ("", "")],
        [("b", ""), ("7", ""), ("too long for one line", "")],
    ]
    print_aligned(console, columns, rows)
    file = console.file
    assert isinstance(file, io.StringIO)
    assert [line.rstrip() for line in file.getvalue().splitlines()] == [
        "",
        " Name        N   Why",
        " ──────────────────────────────",
        " 模型↵   1,000",
        " b           7   too long for",
        "                 one line",
        "",
    ]
