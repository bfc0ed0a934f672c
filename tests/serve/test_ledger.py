"""Calls on their way to disk: each at once, in files that are closed behind the gateway's back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.observationrow import Observation
from harness.results.observations import read_observations
from harness.serve import ledger as module
from harness.serve.ledger import Ledger

CALL = Observation("2026-11-30T12:00:00+00:00", "m1", "", "code", "", None, 5, 3, None, True)


def test_every_call_is_readable_at_once_and_files_end_when_they_are_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_A_FILE", 3)
    ledger = Ledger(tmp_path)
    for number in range(8):
        ledger.add(replace(CALL, request_id=f"r{number}", attempt=1))
        assert len(read_observations(tmp_path)) == number + 1
    ledger.close()
    assert len(list((tmp_path / "observations").glob("*.parquet"))) == 3
    assert not list((tmp_path / "observations").glob("*.jsonl"))
    assert {call.request_id for call in read_observations(tmp_path)} == {f"r{number}" for number in range(8)}


def test_a_disk_that_takes_nothing_is_told_of_and_forgiven(tmp_path: Path) -> None:
    (tmp_path / "observations").write_text("in the way")
    ledger = Ledger(tmp_path)
    ledger.add(CALL)
    assert ledger.dropped == 1 and "observations" in ledger.failure
    (tmp_path / "observations").unlink()
    ledger.add(CALL)
    assert (ledger.dropped, ledger.failure) == (1, "")
    ledger.close()
    assert len(read_observations(tmp_path)) == 1
