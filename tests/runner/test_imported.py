"""An import that fails or is killed half-way leaves no run."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harness.errors import ResultsError
from harness.importers.results.base import ImportedSample
from harness.resultrow import ResultRow
from harness.results.runs import choose_runs, run_ids
from harness.results.store import RunWriter
from harness.runner.imported import import_run

SAMPLES = [ImportedSample("s", f"t{n}", "m", passed=n % 2 == 0) for n in range(6)]


def test_a_whole_import_is_there_and_nothing_beside_it(tmp_path: Path) -> None:
    run_id, count = import_run(SAMPLES, tmp_path / "results", "x", {})
    assert (run_ids(tmp_path / "results"), count) == ([run_id], 6)
    assert [path.name for path in (tmp_path / "results").iterdir()] == [run_id]


@pytest.mark.parametrize("after", range(6))
def test_nothing_is_left_of_an_import_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    append, written = RunWriter.append, list[ResultRow]()

    def failing(self: RunWriter, row: ResultRow) -> None:
        written.append(row)
        if len(written) > after:
            raise OSError(28, "No space left on device")
        append(self, row)

    monkeypatch.setattr(RunWriter, "append", failing)
    with pytest.raises(ResultsError, match="No space left on device"):
        import_run(SAMPLES, tmp_path / "results", "x", {})
    assert list((tmp_path / "results").iterdir()) == []


def test_a_killed_import_counts_for_nothing(tmp_path: Path) -> None:
    code = (
        "import time; from pathlib import Path; from harness.runner import imported; "
        "from harness.importers.results.base import ImportedSample\n"
        "from harness.results.store import RunWriter\n"
        "append = RunWriter.append\n"
        "def slow(self, row):\n    append(self, row); print('row', flush=True); time.sleep(60)\n"
        "RunWriter.append = slow\n"
        "imported.import_run([ImportedSample('s', 't', 'm', passed=True)] * 3, Path('results'), 'x', {})\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE)
    assert child.stdout is not None and child.stdout.readline() == b"row\n"
    child.send_signal(signal.SIGKILL)
    child.wait(30)
    with pytest.raises(ResultsError, match="no results in"):
        choose_runs(tmp_path / "results", ["all"])
    run_id, _ = import_run(SAMPLES, tmp_path / "results", "x", {})
    assert run_ids(tmp_path / "results") == [run_id]
