"""One tree in which commands run one after another, each in a sandbox of its own: nothing but files stays."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from harness.sandbox.base import Limits, Outcome, Sandbox
from harness.trees import FILES, walk

COMMAND = Limits(wall_s=30, cpu_s=60, memory_mb=4096, processes=64, file_mb=16, output_kb=1024)
# The script comes by standard input, since an argument has 128 kB at most; what it runs has none.
_START = """\
export HOME="$PWD/home"; cd project && exec 2>&1
script=$(cat; echo x); exec </dev/null; eval "unset script; ${script%x}"
"""
_MOST_MB, _MOST_FILES = 256, 50 * FILES  # more than at first, in the tree and the home folder


class Session:
    """A tree in ``project/`` and a home folder beside it, both kept from command to command."""

    def __init__(self, folder: Path, sandbox: Sandbox, env: Mapping[str, str], tools: Sequence[Path]) -> None:
        """``tools`` are folders that commands see at their own places, ``env`` what they find besides."""
        self._folder, self._sandbox, self._tools = folder, sandbox, tools
        self._env = env
        self.project = folder / "project"
        self._at_first = self._taken()

    def run(self, command: str, limits: Limits = COMMAND) -> Outcome:
        """Run a script of bash in the tree, what it prints in one stream."""
        return self._sandbox.run(
            ["/bin/bash", "-c", _START],
            workdir=self._folder,
            limits=limits,
            writable=True,
            stdin=command.encode(errors="replace"),
            env=self._env,
            readonly=self._tools,
        )

    @property
    def is_full(self) -> bool:
        """Whether the commands have left more than there may be."""
        more = [now - before for now, before in zip(self._taken(), self._at_first, strict=True)]
        return more[0] > _MOST_MB << 20 or more[1] > _MOST_FILES

    def _taken(self) -> tuple[int, int]:
        """Bytes and files that there are."""
        sizes = [path.lstat().st_size for path in walk(self._folder)]
        return sum(sizes), len(sizes)


@contextmanager
def session(
    write: Callable[[Path], None], sandbox: Sandbox, env: Mapping[str, str], tools: Sequence[Path]
) -> Iterator[Session]:
    """A session that begins with the tree that ``write`` puts into a folder; the folder goes with it."""
    with tempfile.TemporaryDirectory(prefix="harness-session-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary) / "work"
        folder.parent.chmod(0o711)  # the sandbox's user must reach what is below it
        (folder / "home").mkdir(parents=True)
        (folder / "project").mkdir()
        write(folder / "project")
        yield Session(folder, sandbox, env, tools)
