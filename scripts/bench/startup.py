"""How long ``harness --help`` takes, against a Python that does nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

from scripts.bench.pairs import paired


def measure() -> dict[str, Any]:
    """Wall seconds of both, and their difference (aim: at most 0.15 s)."""
    figures = paired(
        lambda: wall_s([sys.executable, "-m", "harness", "--help"]),
        lambda: wall_s([sys.executable, "-c", "pass"]),
        rounds=15,
    )
    return {
        "unit": "s",
        "aim": "difference <= 0.15",
        **figures,
        "difference": round(figures["ours"] - figures["baseline"], 4),
    }


def wall_s(command: list[str]) -> float:
    """Seconds that a process takes."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start
