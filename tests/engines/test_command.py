"""Programs of the user's that edit projects: what they get, what they may, and what becomes of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.errors import ConfigError
from harness.models.config import load_config
from harness.resultrow import ResultRow
from harness.results.locations import parts_of
from harness.results.store import read_part
from harness.runner.plan import RunPlan, Selection
from harness.runner.progress import Progress
from harness.runner.run import RunOptions, execute
from harness.sandbox import open_sandbox
from harness.solvers.base import put_suite
from harness.suites import load_suite
from tests.conftest import TEN_SUMS, WriteSuite
from tests.projects import FILES, write_project

SOLVE = "sed -i 's/return a$/return a + b/' sums.py"
Run = Callable[..., ResultRow]

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is missing")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The row that comes of the project when a shell script works on it."""

    def taken(script: str, suite: Path | None = None, timeout_s: float = 20, **more: Any) -> ResultRow:
        entry = {"id": "m", "engine": "command", "command": ["sh", "-c", script], **more}
        entry["params"] = {"timeout_s": timeout_s}
        (tmp_path / "models.yaml").write_text(json.dumps({"models": [entry]}))
        config = load_config(tmp_path / "models.yaml")
        folder = suite or write_project(tmp_path, task="protected: [data/*]\n")
        selection = Selection(folder.name, "m", 1, 1, 0)
        suites = (put_suite(load_suite(folder), selection.way),)
        plan = RunPlan(selection, config, suites, tuple(config.choose_models("m")))
        results = tmp_path / f"results-{len(list(tmp_path.glob('results-*')))}"
        execute(plan, results, "run", Progress(), RunOptions(sandbox=open_sandbox("auto")))
        (row,) = [row for part in parts_of(results / "run") for row in read_part(part).to_pylist()]
        return ResultRow(**row)

    return taken


def test_a_program_is_judged_by_the_tree_that_it_leaves(run: Run) -> None:
    row = run(
        f"{SOLVE}; echo 'tokens 5k, cost: $1,234.5 so far'; echo 'cost: $0.25'",
        cost_regex=r"cost: \$([\d.,]+)",
    )
    assert (row.passed, row.output) == (True, f"sums.py\n```py\n{FILES['reference/sums.py']}```\n"), row.error
    assert (row.cost_usd, row.price_source, row.engine) == (0.25, "billed", "command")
    metrics = json.loads(row.metrics)
    assert (metrics["exit_code"], metrics["status"]) == (0, "submitted")
    assert "tokens 5k" in json.loads(row.transcript or "")[0]["content"] and row.latency_s


def test_the_specification_is_a_file_and_on_standard_input(run: Run) -> None:
    check = "cmp TASK.md - && grep -q '^Add' TASK.md && test -f visible/basics.yaml && test ! -e hidden"
    assert run(f"{check} && {SOLVE}").passed
    row = run(
        f'test "$0" = "$PWD/TASK.md" && {SOLVE}',
        command=["sh", "-c", f'test "$0" = "$PWD/TASK.md" && {SOLVE}', "{task}"],
    )
    assert row.passed, row.error


def test_checks_and_protected_files_are_put_back(run: Run) -> None:
    row = run(f"{SOLVE}; echo 'emit(3)' > visible/basics.py; rm data/rates.csv; echo x > TASK.md")
    assert row.passed, row.error
    assert "visible" not in (row.output or "") and "TASK" not in (row.output or "")


@pytest.mark.parametrize(
    "attempt",
    [
        "echo x > /etc/harness-was-here",
        "test -r '{suite}/sum/hidden/adds.yaml'",
        "ls -A '{home}' | grep .",
        "env | grep HARNESS_SECRET",
        "ls /run | grep .",
        "grep -q : /proc/net/tcp",
    ],
)
def test_what_a_program_may_not(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attempt: str
) -> None:
    """The machine's own folder of suites is the working folder here, so it is private."""
    monkeypatch.setenv("HARNESS_SECRET", "sk-not-for-everybody")
    monkeypatch.chdir(tmp_path)
    command = attempt.format(suite=tmp_path / "trees", home=Path.home())
    row = run(f"if {command}; then echo got through; else {SOLVE}; fi")
    assert row.passed, (row.error, row.transcript)
    assert not Path("/etc/harness-was-here").exists()


def test_what_is_allowed_it_may(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOL_API_KEY", "sk-1234567890")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "tool.ini").write_text("on\n")
    readable = f"grep -q on '{tmp_path}/settings/tool.ini'"
    row = run(
        f"{readable} && test $TOOL_API_KEY && echo key $TOOL_API_KEY && {SOLVE}",
        allow=["settings"],
        env=["TOOL_API_KEY"],
    )
    assert row.passed, (row.error, row.transcript)
    assert "sk-1234567890" not in str(row)
    assert "[TOOL_API_KEY]" in (row.transcript or "")


@pytest.mark.parametrize(
    ("script", "status", "error_type"),
    [
        ("echo broken >&2; exit 3", "error", "program_failed"),
        ("true", "ok", "no_edit"),
        ("exec sleep 60", "error", "program_failed"),
        (f"{SOLVE}; exit 3", "ok", None),
        (f"{SOLVE}; exec sleep 60", "ok", None),
        (f"{SOLVE}; sleep 60 & disown 2>/dev/null; true", "ok", None),
        ("ln -sf /etc/passwd sums.py; mkfifo p", "ok", "compile_error"),
    ],
)
def test_how_a_program_ends(run: Run, script: str, status: str, error_type: str | None) -> None:
    row = run(script, timeout_s=1.5)
    assert (row.status, row.passed) == (status, None if status == "error" else error_type is None), row.error
    assert row.error_type == error_type or error_type == "compile_error"
    assert "root:" not in (row.output or "")
    if "broken" in script:
        assert row.error == "sh changed nothing: exit code 3: broken"


def test_a_program_whose_parts_are_private_says_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a script of a virtual environment whose Python lies in the home folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tool").write_text(f"#!{tmp_path}/sh\n{SOLVE}\n")
    (tmp_path / "sh").symlink_to("/bin/sh")
    (tmp_path / "tool").chmod(0o755)
    tool = [str(tmp_path / "tool")]
    assert "name its folders in `allow`" in (run("", command=tool, allow=tool).error or "")
    assert run("", command=tool, allow=[str(tmp_path / "tool"), str(tmp_path / "sh")]).passed


def test_tasks_without_a_tree_are_none_of_its(run: Run, write_suite: WriteSuite) -> None:
    row = run("true", write_suite(TEN_SUMS))
    assert (row.status, row.error_type) == ("error", "no_tree")


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("{id: m, engine: command}", "lacks 'command'"),
        ("{id: m, engine: command, command: sh}", "'command' must be a list"),
        ("{id: m, engine: command, command: [sh], cost_regex: '('}", "'cost_regex' is no pattern"),
        ("{id: m, engine: command, command: [sh], cost_regex: '(?!x)((a+)+)$'}", "RE2 refuses it"),
        ("{id: m, engine: command, command: [sh], cost_regex: 'cost'}", "'cost_regex' needs one group"),
        ("{id: m, engine: command, command: [sh], network: maybe}", "'network' must be true or false"),
    ],
)
def test_an_entry_is_checked(tmp_path: Path, entry: str, complaint: str) -> None:
    (tmp_path / "models.yaml").write_text(f"models: [{entry}]\n")
    with pytest.raises(ConfigError, match=complaint):
        load_config(tmp_path / "models.yaml")


def test_a_program_that_is_not_there_skips_its_samples(run: Run) -> None:
    row = run("", command=["no-such-program"])
    assert (row.status, row.error_type) == ("skipped", "model_unavailable")
    assert "there is no program 'no-such-program'" in (row.error or "")
