"""The folder in which sandboxed commands work."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.trees import Tree, write_tree


@contextmanager
def workspace(files: Tree) -> Iterator[Path]:
    """A new folder with these files, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="harness-") as temporary:
        work = Path(temporary)
        work.chmod(0o711)  # the sandbox's user must reach what is below it
        write_tree(files, work)
        yield work
