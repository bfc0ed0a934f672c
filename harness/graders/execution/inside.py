"""Tests that run beside the answer, in its process: the weaker protocol of suites with asserts only.

Such a test compares inside the sandbox, so a verdict rests on what that process says. It
says it for each test with a line that opens with a nonce: ``NONCE INDEX`` for a test that
passed, ``NONCE INDEX words`` for one that failed. Every test has to be heard of exactly
once. An answer that leaves early, prints a test runner's words or exits with 0 has said
nothing; one that finds the nonce in memory can forge, which is why rows of this protocol
say ``"verdict": "inside"``.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import replace

from harness.graders.execution.cases import Case, CaseSpec
from harness.graders.execution.judge import ProgramMetrics
from harness.graders.execution.judge import judge as judge_lines
from harness.records import Verdict
from harness.sandbox.base import Outcome

_PASSED, _FAILED = "pass", "failed"
_WORDS = 300  # characters of what a failed test says


def new_nonce() -> str:
    """A word that nobody guesses; a new one for each run."""
    return secrets.token_hex(16)


def spec(names: Sequence[str]) -> CaseSpec:
    """What must come of the tests of these names."""
    return CaseSpec("driver", tuple(Case(name, (), returns=_PASSED) for name in names))


def judge(
    grader: str, spec: CaseSpec, nonce: str, channel: bytes, outcome: Outcome, measured: ProgramMetrics
) -> Verdict:
    """The verdict on a program that ran its tests."""
    of_tests = reports(channel, nonce)
    lines = []
    for index in range(len(spec.cases)):
        of_test = of_tests.get(index, [])
        words = of_test[0] if len(of_test) == 1 else "reported twice" if of_test else "did not report"
        lines.append(f"{index} {json.dumps(words)}\n")
    while lines and not of_tests.get(len(lines) - 1):
        lines.pop()  # nothing was heard from here on: the end of the program tells more
    passed = all(of_tests.get(index) == [_PASSED] for index in range(len(spec.cases)))
    if not passed and len(lines) == len(spec.cases) and outcome.stopped_by is None:
        outcome = replace(outcome, exit_code=0)  # test runners leave with a code when a test failed
    return judge_lines(grader, spec, "".join(lines).encode(), outcome, measured)


def reports(channel: bytes, nonce: str) -> dict[int, list[str]]:
    """What was reported of each test, by its index; lines without the nonce count for nothing.

    Words are those of a failure, whatever they are: an answer may have chosen them.
    """
    of_tests: dict[int, list[str]] = {}
    for line in channel.decode(errors="replace").split("\n"):
        word, _, rest = line.partition(" ")
        index, with_words, words = rest.partition(" ")
        if word == nonce and re.fullmatch("[0-9]{1,6}", index):
            failure = words[:_WORDS] if words != _PASSED else _FAILED
            of_tests.setdefault(int(index), []).append(failure or _FAILED if with_words else _PASSED)
    return of_tests
