"""Where the pictures of a task lie."""

from __future__ import annotations

from pathlib import Path

from harness.drawings import Drawing
from harness.drawings.png import file_of
from harness.records import Task


def image_files(task: Task) -> tuple[str, ...]:
    """Where a task's pictures lie; drawings are made if need be. Raises ``HarnessError``."""
    beside = Path(task.source.rpartition(":")[0]).parent
    return tuple(str(file_of(one) if isinstance(one, Drawing) else beside / one) for one in task.images)
