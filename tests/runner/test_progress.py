from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from harness.messages import Message
from harness.records import GraderSpec, ModelSpec, Task, WorkItem
from harness.resultrow import ResultRow
from harness.runner.display import LiveTable, PlainLines, display
from harness.runner.events import JsonEvents, RunLog
from harness.runner.progress import Listener, ModelProgress, Progress, left_text, usd_text
from tests import rows

TASK = Task(
    "t", "math", "1", (Message("user", "?"),), "c", "en", "beginner", "any",
    GraderSpec("exact"), "r", (), "sha", "f:1",
)  # fmt: skip


def item(sample_id: str, model: str = "m") -> WorkItem:
    return WorkItem(sample_id, ModelSpec(model, "openai", "p"), TASK, 0, 0)


def row(sample_id: str, model: str = "m", **given: object) -> ResultRow:
    return rows.row(sample_id=sample_id, model=model, **given)


def play(*listeners: Listener, planned: Mapping[str, int] | None = None) -> Progress:
    """Four samples of ``m``: two answered, one failed, one skipped; ``n`` has not begun."""
    progress = Progress(*listeners)
    none: Any = {"completion_tokens": None}
    with progress.running("run", planned or {"m": 6, "n": 2}):
        for name in "abc":
            progress.started(item(name))
        progress.row(row("a", cost_usd=0.25))
        progress.row(row("b", cost_usd=0.5, passed=False, timing="replayed"))
        progress.row(row("c", status="error", error_type="timeout", error="no\nend", attempts=7, **none))
        progress.warn("mind [bold]the gap[/bold]")
        progress.row(row("d", status="skipped", error_type="auth", error="no key", **none))
        progress.row(row("e", status="skipped", error_type="auth", error="no key", **none))
    return progress


def test_progress_counts_what_was_paid_and_what_is_under_way() -> None:
    progress = ModelProgress(10)
    assert progress.left_s(5.0) is None
    for name in "abcd":
        progress.take(item(name), 100.0)
    progress.count(row("a", cost_usd=0.25, completion_tokens=30))
    progress.count(row("b", cost_usd=9.0, completion_tokens=90, timing="replayed"))
    assert (progress.done, progress.passed, len(progress.in_flight)) == (2, 2, 2)
    assert (progress.cost_usd, progress.tokens) == (0.25, 30)
    assert progress.tokens_per_s(102.0) == 15.0
    assert progress.left_s(102.0) == 8.0


def test_a_terminal_gets_a_table_with_a_line_a_model() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    assert isinstance(display(console), LiveTable)
    play(display(console))
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "warning: mind [bold]the gap[/bold]" in shown
    final = shown[shown.rindex("model") :]
    (line,) = [line for line in final.splitlines() if line.split()[:1] == ["m"]]
    assert line.split()[1:4] == ["5/6", "1", "2"], "done, errors, skipped"
    assert "$0.2500" in line
    assert "5/8 samples, 1 error," in shown
    assert "…" not in final, "nothing is cut on 80 columns"


def test_elsewhere_plain_lines_say_the_same() -> None:
    console = Console(file=io.StringIO(), width=40)
    assert isinstance(display(console), PlainLines)
    play(display(console))
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert lines[0] == "8 samples to take"
    assert lines[1] == "warning: mind [bold]the gap[/bold]"
    assert lines[-1].startswith("5/8 samples, 1 error,")
    assert "$0.2500" in lines[-1]
    assert "\x1b" not in "".join(lines)


def test_events_are_one_json_object_a_line() -> None:
    out = io.StringIO()
    play(JsonEvents(out))
    events = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [event["event"] for event in events] == [
        "start",
        *["sample"] * 3,
        "warning",
        *["sample"] * 2,
        "end",
    ]
    assert events[0] == {"event": "start", "run_id": "run", "samples": 8, "models": {"m": 6, "n": 2}}
    assert (events[3]["sample_id"], events[3]["error_type"], events[3]["attempts"]) == ("c", "timeout", 7)
    assert events[-1]["models"]["m"] == {
        "planned": 6, "ok": 2, "error": 1, "skipped": 2, "passed": 1, "tokens": 11, "cost_usd": 0.25,
    }  # fmt: skip


def test_the_log_has_errors_and_warnings_one_line_each_and_every_kind_of_skip_once(tmp_path: Path) -> None:
    play(RunLog(tmp_path / "_run.log"))
    play(RunLog(tmp_path / "_run.log"))
    lines = [line.split(maxsplit=2) for line in (tmp_path / "_run.log").read_text().splitlines()]
    kinds = [kind for _, kind, *_ in lines]
    once = ["start", "error", "warning", "skipped", "model", "model", "end"]
    assert kinds == once * 2, "a resumed run appends"
    assert lines[1][2] == "m math/t-01#0: timeout after 7 attempts: no end"


def test_the_log_says_how_a_run_was_stopped(tmp_path: Path) -> None:
    progress = Progress(RunLog(tmp_path / "_run.log"))
    with pytest.raises(KeyboardInterrupt), progress.running("run", {"m": 1}):
        raise KeyboardInterrupt
    assert "stopped  KeyboardInterrupt" in (tmp_path / "_run.log").read_text()


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    play(RunLog(tmp_path / "nowhere" / "_run.log"))
    if Path("/dev/full").exists():
        play(RunLog(Path("/dev/full")))


@pytest.mark.parametrize(("seconds", "text"), [(None, "?"), (0, "0:00"), (61.4, "1:01"), (3723, "1:02:03")])
def test_times_left(seconds: float | None, text: str) -> None:
    assert left_text(seconds) == text


@pytest.mark.parametrize(("usd", "text"), [(0.0, "$0.0000"), (0.00001, "<$0.0001"), (1.25, "$1.2500")])
def test_a_little_money_is_not_nothing(usd: float, text: str) -> None:
    assert usd_text(usd) == text
