"""``--results``: what it may be, and where."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from harness.analysis.standings import load_boards
from harness.results import database
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.results.test_locations import bucket as bucket
from tests.rows import answers, write

LOCAL = (("doctor",), ("missions", "run", __file__))
COMMANDS = (
    ("standings",),
    ("report",),
    ("compare", "a", "b"),
    ("query", "FROM results"),
    ("rules", "build", "-o", "rules.yaml"),
    ("rules", "evaluate"),
    ("run", "--suite", "math", "--models", "nop"),
    ("import", "results", __file__),
    ("regrade",),
)


@pytest.mark.parametrize("command", LOCAL, ids=lambda command: command[0])
def test_a_command_that_works_on_this_machine_says_so(harness: Harness, command: tuple[str, ...]) -> None:
    done = harness(*command, "--results", "s3://bucket/results")
    assert done.code == 2
    assert done.err.splitlines()[-1].endswith("name a local folder, not s3://bucket/results")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[-1])
def test_a_command_takes_no_other_kind_of_place(harness: Harness, command: tuple[str, ...]) -> None:
    for place in ("ftp://host/results", "s3://"):
        done = harness(*command, "--results", place)
        assert done.code == 2
        assert f"{place} is neither a local folder nor s3://BUCKET/FOLDER" in done.err


def test_a_file_is_no_results_folder(harness: Harness) -> None:
    assert "is a file" in harness("standings", "--results", __file__).err


def test_a_storage_that_goes_while_it_is_read_is_no_bug(
    harness: Harness, bucket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(bucket, answers("a", "110") + answers("b", "101"))
    monkeypatch.setattr(database, "_FEW_BYTES", 0)  # few rows are read before
    read = load_boards
    assert harness("standings", "--results", "s3://bucket").code == 0

    def too_late(*given: Any, **how: Any) -> Any:
        shutil.rmtree(bucket)
        return read(*given, **how)

    monkeypatch.setattr("harness.cli.standings.load_boards", too_late)
    done = harness("standings", "--results", "s3://bucket")
    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert done.err.startswith("error: cannot read s3://bucket: ")
