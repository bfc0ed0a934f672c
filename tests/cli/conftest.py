"""Running the command line as a user does, in a folder of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness import suites
from harness.cli.main import main


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


Harness = Callable[..., Done]


@pytest.fixture
def harness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Harness:
    """``harness("run", "--suite", …)`` in an empty folder → exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["harness", *arguments])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return call


@pytest.fixture
def own_suites_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No suites but those of the test: the thousands of tasks that come with harness take seconds to load."""
    monkeypatch.setattr(suites, "builtin_suites", lambda: tmp_path / "none")
