"""What a run leaves for machines and for later: events as JSON lines, and a log file."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, TextIO

from harness.resultrow import ResultRow
from harness.runner.progress import ModelProgress, cost_text
from harness.words import counted

_OF_A_ROW = (
    "sample_id", "model", "suite", "task_id", "repeat", "status", "passed", "score", "error_type", "error",
    "attempts", "latency_s", "completion_tokens", "cost_usd", "timing",
)  # fmt: skip


class JsonEvents:
    """One JSON object a line: ``start``, ``loaded``, ``sample``, ``unloaded``, ``warning``, ``end``."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    @contextmanager
    def running(self, run_id: str, by_model: Mapping[str, ModelProgress]) -> Iterator[None]:
        """Write the first and, however it ends, the last event."""
        planned = {model: progress.planned for model, progress in by_model.items()}
        self._write("start", run_id=run_id, samples=sum(planned.values()), models=planned)
        try:
            yield
        finally:
            self._write("end", run_id=run_id, models={m: _summary(t) for m, t in by_model.items()})

    def row(self, row: ResultRow) -> None:
        """Write ``sample``."""
        self._write("sample", **{name: getattr(row, name) for name in _OF_A_ROW})

    def warn(self, message: str) -> None:
        """Write ``warning``."""
        self._write("warning", message=message)

    def switched(self, model: str, what: str, seconds: float) -> None:
        """Write ``loaded`` or ``unloaded``."""
        self._write(what, model=model, seconds=round(seconds, 3))

    def _write(self, event: str, **rest: Any) -> None:
        self._out.write(json.dumps({"event": event, **rest}) + "\n")
        self._out.flush()


class RunLog:
    """``_run.log``: start and end, warnings, every error; of a model's skips the first for each reason."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None
        self._skipped: Counter[tuple[str, str | None]] = Counter()

    @contextmanager
    def running(self, run_id: str, by_model: Mapping[str, ModelProgress]) -> Iterator[None]:
        """Append to the file while the block runs. A log that cannot be written stops nothing."""
        began = time.monotonic()
        try:
            self._file = self._path.open("ab", buffering=0)  # nothing left to write when it is closed
        except OSError:
            yield
            return
        with self._file:
            self._append(
                "start",
                f"{counted(sum(progress.planned for progress in by_model.values()), 'sample')} to take",
            )
            try:
                yield
            except BaseException as error:
                self._append("stopped", f"{type(error).__name__}: {error}")
                raise
            finally:
                self._end(by_model, time.monotonic() - began)
                self._file = None

    def row(self, row: ResultRow) -> None:
        """Note what went wrong."""
        where = f"{row.model} {row.suite}/{row.task_id}#{row.repeat}"
        if row.status == "error":
            self._append("error", f"{where}: {row.error_type} after {row.attempts} attempts: {row.error}")
        elif row.status == "skipped":
            self._skipped[row.model, row.error_type] += 1
            if self._skipped[row.model, row.error_type] == 1:
                self._append("skipped", f"{where} (and perhaps more): {row.error_type}: {row.error}")

    def warn(self, message: str) -> None:
        """Note it."""
        self._append("warning", message)

    def switched(self, model: str, what: str, seconds: float) -> None:
        """Note it."""
        self._append(what, f"{model}: {seconds:.3f} s")

    def _end(self, by_model: Mapping[str, ModelProgress], seconds: float) -> None:
        for model, progress in by_model.items():
            self._append("model", f"{model}: {json.dumps(_summary(progress))}")
        self._append("end", f"after {seconds:.1f} s, {cost_text(by_model)}")

    def _append(self, what: str, text: str) -> None:
        if self._file is not None:
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            line = "".join(char if char.isprintable() else " " for char in text)
            try:
                self._file.write(f"{now} {what:<8} {line}\n".encode("utf-8", "replace"))
            except OSError:  # a full disk: the writer of rows says so, and stops the run
                self._file = None


def _summary(progress: ModelProgress) -> dict[str, Any]:
    return {
        "planned": progress.planned,
        **{status: progress.statuses[status] for status in ("ok", "error", "skipped")},
        "passed": progress.passed,
        "tokens": progress.tokens,
        "cost_usd": progress.cost_usd,
    }
