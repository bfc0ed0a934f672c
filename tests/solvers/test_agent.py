"""A model in a shell: it solves a project by commands, and nothing that it does reaches beyond its tree."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from harness.graders import prepare
from harness.resultrow import ResultRow
from harness.sandbox import open_sandbox
from harness.sandbox.base import Limits
from harness.sandbox.session import session
from harness.solvers.commands import first_command
from tests.graders.test_projects import GO, PYTHON, RUST
from tests.projects import FILES
from tests.solvers.conftest import Take

agents = importlib.import_module("harness.solvers.agent")  # whose name in the package is the solver's


def bash(command: str) -> str:
    return f"I do this.\n\n```bash\n{command}\n```\n"


SUBMIT = bash("echo SUBMIT_PROJECT")
SOLVE = bash("sed -i 's/return a$/return a + b/' sums.py")


def observed(row: ResultRow) -> list[str]:
    """What the model was shown, one text a command."""
    return [turn["content"] for turn in json.loads(row.transcript or "[]") if turn["role"] == "user"]


def metrics(row: ResultRow) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(row.metrics)
    return kept


def test_a_project_is_solved_by_commands(take: Take) -> None:
    row = take(
        bash("cat sums.py; cat visible/*; ls /"), bash("check"), SOLVE, bash("check"),
        bash("python -c 'import sums; print(sums.add(2, 2))'"), SUBMIT, "never asked", solver="agent",
    )  # fmt: skip
    assert (row.passed, row.solver, row.error_type) == (True, "agent", None), row.error
    assert {name: metrics(row)[name] for name in ("status", "turns", "commands")} == {
        "status": "submitted", "turns": 6, "commands": 6,
    }  # fmt: skip
    seen = observed(row)
    assert seen[0].startswith("exit code: 0\noutput:\ndef add(a, b):") and "another sum" not in seen[0]
    assert seen[1].startswith("exit code: 1\noutput:\nbasics: wrong_answer: a sum: expected 3, got 1")
    assert seen[3:5] == ["exit code: 0\noutput:\nall visible checks pass", "exit code: 0\noutput:\n4"]
    assert row.output == f"sums.py\n```py\n{FILES['reference/sums.py']}```\n"
    assert (row.prompt_tokens, row.completion_tokens) == (600, 60)


@pytest.mark.parametrize(
    ("status", "answers"),
    [
        ("format", ["I am done."] * 4),
        ("format", ["```python\nprint(1)\n```", "```bash\nnever closed", ""]),
        ("no_answer", [bash("true")]),
        ("steps", [bash("true")] * 4),
        ("steps", ["words", bash("true"), "words", "words"]),
        ("time", [bash("sleep 1")] * 2),
    ],
)
def test_a_model_that_never_submits(
    take: Take, monkeypatch: pytest.MonkeyPatch, status: str, answers: list[str]
) -> None:
    monkeypatch.setattr(agents, "STEPS", 4)
    monkeypatch.setattr(agents, "SECONDS", 0.5 if status == "time" else 600)
    row = take(*answers, solver="agent")
    assert (metrics(row)["status"], row.passed, row.error_type) == (status, False, "no_edit")


def test_what_was_done_before_the_limit_counts(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agents, "STEPS", 1)
    row = take(SOLVE, solver="agent")
    assert (metrics(row)["status"], row.passed) == ("steps", True)


ATTACKS = {
    "edits the checks": "echo 'emit(3)' > visible/basics.py; mkdir hidden; echo 'a: 3' > hidden/adds.yaml",
    "forks": ":(){ :|:& };:",
    "leaves processes": "(sleep 300; echo late > sums.py) & disown; nohup sleep 300 >/dev/null 2>&1 &",
    "sleeps": "sleep 300",
    "calls the network": "python -c \"import socket; socket.create_connection(('127.0.0.1', 9), 1)\"",
    "links out": "ln -sf /etc/passwd sums.py; ln -s / root; ln -s /etc/shadow data/rates.csv -f",
    "climbs out": "cd ..; rm -rf project; ln -s /etc project; cd /; rm -rf /tmp/* /work/* 2>/dev/null; true",
    "removes all": "rm -rf ..?* .[!.]* *",
    "fills the disk": "for i in 1 2 3 4 5 6 7 8 9; do head -c 15M /dev/zero > f$i; done",
    "makes files": "for i in $(seq 9000); do : > f$i; done",
    "prints without end": "yes",
    "prints the marker and fails": "echo SUBMIT_PROJECT; false",
    "binary": "head -c 9999 /dev/urandom > sums.py; printf 'a\\r\\nb' > crlf.txt",
    "kills": "kill -9 -1; kill -9 1",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_is_gained_and_nothing_outside_is_touched(
    take: Take, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, attack: str
) -> None:
    """Whatever a command does, the work goes on or ends with a status, and the hidden checks decide."""
    monkeypatch.setattr(agents, "COMMAND", Limits(2, 4, 2048, 32, 16, 64))
    before = Path("/etc/passwd").read_bytes()
    row = take(bash(ATTACKS[attack]), SUBMIT, solver="agent")
    assert (row.status, row.passed) == ("ok", False), (row.error_type, row.error)
    assert metrics(row)["status"] in ("submitted", "disk")
    assert Path("/etc/passwd").read_bytes() == before
    assert "root:" not in (row.output or "") and len(row.output or "") < 2_000_000
    assert all(len(text) < 11_000 for text in observed(row))


def test_the_checks_are_as_they_were_given(take: Take) -> None:
    row = take(bash(ATTACKS["edits the checks"]), SOLVE, SUBMIT, solver="agent")
    assert row.passed and "visible" not in (row.output or "")


@pytest.mark.parametrize(
    ("project", "command"),
    [
        (PYTHON, "python3 -m compileall -q shop && python --version"),
        (RUST, "cargo build"),
        (GO, "go version && gofmt -l ."),
    ],
    ids=lambda value: getattr(value, "language", None),
)
def test_the_tools_of_the_language_are_there(project: Any, command: str) -> None:
    prepare(project.name)
    sandbox = open_sandbox("auto")
    with project.shell() as (env, tools), session(project.write, sandbox, env, tools) as shell:
        outcome = shell.run(command)
        assert outcome.exit_code == 0, outcome.stdout.decode()
        left = project.read(shell.project)
    assert {path: text for path, text in left.items() if path != "Cargo.lock"} == project.tree


@pytest.mark.parametrize(
    ("output", "command"),
    [
        (bash("ls"), "ls"),
        ("```sh\nls\n```", "ls"),
        ("```\nls\n```", "ls"),
        ("```python\nx\n```\n```bash\ncat <<'E'\na\nE\n```", "cat <<'E'\na\nE"),
        ("````bash\ncat > a.md <<E\n```\nx\n```\nE\n````", "cat > a.md <<E\n```\nx\n```\nE"),
        ("<think>```bash\nrm x\n```</think>\n```bash\nls\n```", "ls"),
        ("ls", None),
        ("```bash\nls", None),
        ("```json\n{}\n```", None),
    ],
)
def test_the_command_in_an_answer(output: str, command: str | None) -> None:
    assert first_command(output)[1] == command


def test_what_follows_a_command_was_never_said() -> None:
    """Models that go on write what they think the command prints, and then the next command."""
    said, command = first_command("First.\n```bash\nls\n```\nexit code: 0\n```bash\nrm -rf .\n```")
    assert (said, command) == ("First.\n```bash\nls\n```", "ls")
    assert not re.search("exit code|rm", said)
