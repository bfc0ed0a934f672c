"""A dear suite is asked only by its name, and when somebody has seen what it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.suites import choose_suites, find_suites
from tests.cli.conftest import Harness
from tests.conftest import TEN_SUMS, WriteSuite


@pytest.mark.usefixtures("own_suites_only")
def test_a_dear_suite_shows_its_forecast_first(
    harness: Harness, write_suite: WriteSuite, tmp_path: Path
) -> None:
    write_suite(TEN_SUMS, "plain")
    write_suite(TEN_SUMS, "dear", "opt_in: true\n")
    paths = find_suites()
    for wanted in ("all", "dea*", "math"):
        assert wanted == "dea*" or "dear" not in choose_suites(wanted, paths)
    asked = ("run", "--suite", "plain,dear", "--models", "oracle")
    stopped = harness(*asked)
    assert stopped.code == 1
    assert "10" in stopped.out and "dear: expensive; --yes runs it as forecast above" in stopped.err
    assert not (tmp_path / "results").exists()
    assert harness(*asked, "--yes").code == 0
    assert "dear" in harness("suites", "list").out
