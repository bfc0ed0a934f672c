"""Workers as processes of this machine. They end with the process that started them."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from queue import SimpleQueue
from typing import IO

from harness.runner.progress import Progress
from harness.workers.launchers.base import Launch, follow

_STOP_S = 20.0  # for what is finished to be written
_WARNING = "warning: "


def on_processes(launch: Launch, progress: Progress) -> Counter[str]:
    """Start as many as there are to be; those that may not have models in memory leave them to the others."""
    chosen = launch.plan.selection.local_at_once
    local = 1 if chosen == "auto" else chosen
    options = replace(launch.options, company=launch.workers)
    commands = [
        [*launch.command(replace(options, local=number < local)), "--attached"]
        for number in range(launch.workers)
    ]
    return follow(launch, Processes(commands), progress, "--on processes")


class Processes:
    """The processes, and what they say."""

    def __init__(self, commands: Sequence[Sequence[str]]) -> None:
        """Start them. Each ends when its input does, so that none outlives this process."""
        self.messages: SimpleQueue[str] = SimpleQueue()
        self._last: dict[int, str] = {}  # lines on stderr, by number
        self._all = [
            subprocess.Popen(
                [sys.executable, "-m", "harness", *command],
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                text=True, errors="replace", start_new_session=True,
            )
            for command in commands
        ]  # fmt: skip
        self._listeners = [
            threading.Thread(target=self._listen, args=(number, process.stderr), daemon=True)
            for number, process in enumerate(self._all)
        ]
        for listener in self._listeners:
            listener.start()

    def _listen(self, number: int, stderr: IO[str]) -> None:
        for line in stderr:
            self.messages.put(line.rstrip())
            self._last[number] = line.rstrip()

    def warnings(self) -> Iterator[str]:
        """What they have warned of since the last time."""
        while not self.messages.empty():
            line = self.messages.get()
            if line.startswith(_WARNING):
                yield line.removeprefix(_WARNING)

    @property
    def running(self) -> bool:
        """Whether any is."""
        return any(process.poll() is None for process in self._all)

    def failures(self) -> list[str]:
        """Why some of them ended, other than by having nothing left to do."""
        ended = [(number, process.poll()) for number, process in enumerate(self._all)]
        return [
            self._last.get(number) or f"worker {number} ended with {code}" for number, code in ended if code
        ]

    def stop(self) -> None:
        """Have them write what is finished, and end."""
        for process in self._all:
            with suppress(OSError):
                assert process.stdin is not None
                process.stdin.close()
        end = time.monotonic() + _STOP_S
        for process in self._all:
            try:
                process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for listener in self._listeners:
            listener.join(1.0)
