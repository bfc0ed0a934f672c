"""``python -m scripts.fuzz [--seed N] [--minutes M] [TARGET …]``: ends at the first traceback, and shows why.

Every target gets its share of the time, in turns. The seed is printed at the start; the same seed draws
the same inputs in the same order.
"""

from __future__ import annotations

import argparse
import itertools
import secrets
import sys
import time
import traceback
import warnings

from hypothesis import HealthCheck, Phase, given, seed, settings

from harness.errors import HarnessWarning
from scripts.fuzz.holding import Target
from scripts.fuzz.targets import TARGETS


def main() -> int:
    """Fuzz until the time is over; the exit code is 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m scripts.fuzz", description=__doc__.split("\n")[0])
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], help="which (default: all)")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9))
    parser.add_argument("--minutes", type=float, default=5.0)
    asked = parser.parse_args()
    names = asked.targets or [*TARGETS]
    print(f"seed {asked.seed}, {asked.minutes:g} minutes: {', '.join(names)}", flush=True)
    warnings.simplefilter("ignore", HarnessWarning)
    tried, end = dict.fromkeys(names, 0), time.monotonic() + 60 * asked.minutes
    for turn in itertools.count():
        for name in names:
            if time.monotonic() > end:
                print("nothing found: " + ", ".join(f"{name} {count:,}" for name, count in tried.items()))
                return 0
            if not holds(name, TARGETS[name], asked.seed + turn):
                print(f"\n{name} fails: python -m scripts.fuzz --seed {asked.seed + turn} {name}")
                return 1
            tried[name] += TARGETS[name].examples
    raise AssertionError


def holds(name: str, target: Target, number: int) -> bool:
    """Draw one turn's inputs; on a failure print the traceback and the smallest input that was found."""

    @seed(number)
    @settings(
        max_examples=target.examples,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs)
    def check(value: object) -> None:
        target.check(value)

    try:
        check()
    except Exception:
        traceback.print_exc(file=sys.stdout)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
