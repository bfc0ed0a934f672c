"""What `harness suites new` writes is a suite that passes its check."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from harness.cli.main import cli
from harness.errors import HarnessError
from harness.runner.check import check_suite
from harness.runner.confinement import sandbox_for
from harness.suites import load_suite
from harness.suites.starters import KINDS, start_suite


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_suite_passes_its_check(kind: str, tmp_path: Path) -> None:
    start_suite("mine", kind, tmp_path)
    suite = load_suite(tmp_path / "mine")
    assert (suite.name, suite.tasks != ()) == ("mine", True)
    assert check_suite(suite, sandbox_for([suite], "auto", proving=True)) == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    start_suite("mine", "labels", tmp_path)
    with pytest.raises(HarnessError, match="is there already"):
        start_suite("mine", "labels", tmp_path)
    for name in ("../out", "Mine", ""):
        with pytest.raises(HarnessError, match="no name of a suite"):
            start_suite(name, "labels", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_the_command_says_what_to_do_next(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["suites", "new", "mine", "--kind", "numbers", "--into", str(tmp_path)])
    assert result.exit_code == 0
    assert str(tmp_path / "mine" / "suite.yaml") in result.output
    assert "harness suites check mine" in result.output
