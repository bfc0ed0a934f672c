"""Pictures painted here, or by a process beside this one: a large report has much to compute meanwhile.

As a program: pictures come on standard input, their PNGs go to standard output.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from harness.reporting.charts.canvas import Canvas
from harness.reporting.charts.png import load, png

_PROGRAM = [sys.executable, "-P", "-m", "harness.reporting.charts.painter"]

Picture = tuple[Canvas, str]  # and what made it
Paint = Callable[[Sequence[Picture]], Callable[[], list[bytes]]]  # begins; what comes back waits for the PNGs


def paint_here(pictures: Sequence[Picture]) -> Callable[[], list[bytes]]:
    """Paint when the PNGs are asked for."""
    return lambda: [png(canvas, made_by) for canvas, made_by in pictures]


def painter() -> Paint:
    """A process that paints once it is told what; where it cannot, it is painted here."""
    process = subprocess.Popen(
        _PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )

    def paint(pictures: Sequence[Picture]) -> Callable[[], list[bytes]]:
        assert process.stdin
        with suppress(OSError), process.stdin as pipe:
            pickle.dump(pictures, pipe)

        def painted() -> list[bytes]:
            assert process.stdout
            with process:
                output = process.stdout.read()
            pngs: list[bytes] = paint_here(pictures)() if process.returncode else pickle.loads(output)
            return pngs

        return painted

    return paint


def main() -> None:
    """Paint what comes. An interrupt is the affair of who waits for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load()
    pngs = [png(canvas, made_by) for canvas, made_by in pickle.load(sys.stdin.buffer)]
    pickle.dump(pngs, sys.stdout.buffer)


if __name__ == "__main__":
    main()
