"""The process that computes: a job and its result are a line of JSON each, in and out.

It has imported sympy, and that is all that makes it slow to start. A job that computes for longer than its
seconds ends it by a signal.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from pathlib import Path

from sympy.core.random import seed

from harness.graders.mathematics.jobs import run

_MEMORY = 1 << 30  # bytes beyond what the process has when it begins


def main() -> None:
    """Serve until the other side hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + _MEMORY, size + _MEMORY))
    sys.set_int_max_str_digits(0)  # whole numbers are bounded where they are made
    print(json.dumps({"outcome": "ready"}), flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        seed(0)  # of sympy's own trials
        signal.setitimer(signal.ITIMER_PROF, job["seconds"])
        result = run(job)
        signal.setitimer(signal.ITIMER_PROF, 0)
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
