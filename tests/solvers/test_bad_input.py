"""Answers that no model should give: each has its error type or its line, and nothing outside is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.solvers.conftest import Take
from tests.solvers.test_agent import SOLVE, SUBMIT, bash, metrics, observed
from tests.solvers.test_tries import RIGHT, said

FIVE_MB = "x" * 5_000_000
LINKED = "ln -s /etc links; ln -s /etc/passwd passwd; ln -sf ../../.. up"


def test_an_answer_of_five_megabytes(take: Take) -> None:
    """It is not read, and its model is told; what a dialogue keeps of it is bounded."""
    row = take(f"{RIGHT}\n{FIVE_MB}", RIGHT, solver="tries")
    assert (row.passed, metrics(row)["tries"]) == (True, 2)
    assert "Nothing of your answer was applied (too_large)" in said(row)[1]
    assert len(row.transcript or "") < 100_000
    assert take(f"{RIGHT}\n{FIVE_MB}").error_type == "too_large"


def test_long_commands_run_and_endless_ones_are_told(take: Take) -> None:
    """An argument of a program has 128 kB at most; a file that is too large is none of the project's."""
    long = f"cat > big.txt <<'END'\n{FIVE_MB[:500_000]}\nEND\nwc -c big.txt"
    row = take(bash(FIVE_MB), bash(long), SOLVE, SUBMIT, solver="agent")
    endless, ran, *_ = observed(row)
    assert row.passed and ran == "exit code: 0\noutput:\n500001 big.txt"
    assert "longer than 1,000,000 characters" in endless
    assert len(row.output or "") < 1_000 and len(row.transcript or "") < 100_000


@pytest.mark.parametrize(
    "path",
    [
        "../sums.py",
        "a/../../sums.py",
        "/etc/sums.py",
        "~/sums.py",
        "C:\\sums.py",
        "su\0ms.py",
        ".git/config.py",
    ],
)
def test_names_that_lead_elsewhere(take: Take, path: str) -> None:
    row = take(f"{RIGHT}\n{path}\n```python\nx\n```\n")
    assert (row.status, row.passed, row.error_type) == ("ok", False, "path_escape"), row.error


def test_a_command_with_a_sign_that_no_command_has(take: Take) -> None:
    row = take(bash("echo a\0b"), SOLVE, SUBMIT, solver="agent")
    assert row.passed and "NUL character" in observed(row)[0]


def test_links_are_no_files_of_a_project(take: Take) -> None:
    before = Path("/etc/passwd").read_bytes()
    row = take(bash(f"{LINKED}; echo x > links/harness; echo y >> passwd"), SOLVE, SUBMIT, solver="agent")
    assert row.passed and "root:" not in (row.output or "")
    assert Path("/etc/passwd").read_bytes() == before and not Path("/etc/harness").exists()


def test_odd_scripts_are_run_as_they_stand(take: Take) -> None:
    """A script comes by standard input, and what it runs has none of it."""
    row = take(
        bash("cat; read line; echo \"[$line]\"; script=1; echo '$HOME' \\\\ \"${#}\""),
        bash("if true; then"), bash("exit 3"), bash("set -e; false; echo on"), SOLVE, SUBMIT, solver="agent",
    )  # fmt: skip
    assert row.passed
    first, syntax, left, stopped, *_ = observed(row)
    assert first == "exit code: 0\noutput:\n[]\n$HOME \\ 0"
    assert "syntax error" in syntax and "exit code: 0" not in syntax
    assert left.startswith("exit code: 3") and stopped.startswith("exit code: 1")
