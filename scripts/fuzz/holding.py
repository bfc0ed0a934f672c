"""What every target has in common: what is allowed to come of an input."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from harness.errors import HarnessError

SOON_S = 10.0  # seconds of processor: far more than any input takes, far less than a bomb does


@dataclass(frozen=True)
class Target:
    """Inputs, what is done with one, and how many make a turn."""

    inputs: st.SearchStrategy[Any]
    check: Callable[[Any], None]
    examples: int = 100


@contextmanager
def soon() -> Iterator[None]:
    """What is done takes no longer than it may."""
    started = time.process_time()
    yield
    took = time.process_time() - started
    assert took < SOON_S, f"took {took:.1f} s"


@contextmanager
def one_line_at_most() -> Iterator[None]:
    """A known error is one line that can be printed, and nothing takes long."""
    with soon():
        try:
            yield
        except HarnessError as error:
            text = str(error)
            assert text and "\n" not in text, f"not one line: {text!r}"
            text.encode()


@contextmanager
def file_with(data: bytes, name: str = "file") -> Iterator[Path]:
    """A file with this content, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="harness-fuzz-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield path
