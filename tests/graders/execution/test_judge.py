from __future__ import annotations

from dataclasses import replace

import pytest

from harness.graders.execution.cases import parse
from harness.graders.execution.judge import Measured, judge, refuse
from harness.sandbox.base import Outcome

SPEC = parse(
    cases=[
        {"args": [1], "returns": 2},
        {"args": [2], "returns": 3},
        {"name": "bad", "args": [None], "raises": "ValueError"},
    ]
)
RIGHT = b'0 2\n1 3\n2 {"raised": "UnicodeError", "mro": ["ValueError", "Exception"]}\n'
CLEAN = Outcome(0, b"", b"", None, 0.1, 0.1, 9.0)


def test_the_right_lines_and_a_clean_end_pass() -> None:
    verdict = judge("python", SPEC, RIGHT, CLEAN, Measured(sandbox="bwrap", code_lines=3))
    assert verdict.passed
    assert verdict.score == 1.0
    assert verdict.error_type is None
    assert verdict.metrics["tests"] == {"case 1": True, "case 2": True, "bad": True}
    assert verdict.metrics["tests_passed"] == verdict.metrics["tests_total"] == 3
    assert verdict.metrics["verdict"] == "outside"
    assert verdict.metrics["sandbox"] == "bwrap"


def test_a_wrong_value_is_told_in_words() -> None:
    verdict = judge("python", SPEC, RIGHT.replace(b"1 3", b"1 4"), CLEAN, Measured())
    assert (verdict.passed, verdict.error_type) == (False, "wrong_answer")
    assert verdict.score == pytest.approx(2 / 3)
    assert verdict.error == "case 2: expected 3, got 4"


def test_a_value_where_an_exception_is_due_fails_and_the_other_way_round() -> None:
    verdict = judge("python", SPEC, b'0 2\n1 {"raised": "KeyError", "mro": []}\n2 5\n', CLEAN, Measured())
    assert verdict.metrics["tests"] == {"case 1": True, "case 2": False, "bad": False}


@pytest.mark.parametrize(
    ("outcome", "error_type"),
    [
        (replace(CLEAN, exit_code=None, stopped_by="wall"), "timeout"),
        (replace(CLEAN, exit_code=None, stopped_by="cpu"), "timeout"),
        (replace(CLEAN, exit_code=None, stopped_by="memory"), "memory_limit"),
        (replace(CLEAN, exit_code=None, stopped_by="output"), "output_limit"),
        (replace(CLEAN, exit_code=None, stopped_by="signal:11"), "crash"),
        (replace(CLEAN, exit_code=3), "crash"),
    ],
)
def test_no_ending_but_a_clean_one_passes(outcome: Outcome, error_type: str) -> None:
    verdict = judge("python", SPEC, RIGHT, outcome, Measured())
    assert (verdict.passed, verdict.error_type) == (False, error_type)
    assert verdict.score == pytest.approx(2 / 3)  # everything was right, but it did not end
    assert verdict.metrics["timed_out"] is (error_type == "timeout")


@pytest.mark.parametrize("channel", [b"", RIGHT[:-1], RIGHT + b"3 1\n", RIGHT + RIGHT, b"ok\n" + RIGHT])
def test_other_lines_than_the_wanted_ones_pass_for_nothing(channel: bytes) -> None:
    verdict = judge("python", SPEC, channel, CLEAN, Measured())
    assert (verdict.passed, verdict.score, verdict.error_type) == (False, 0.0, "protocol_violation")


def test_running_out_of_memory_inside_a_case_is_told_from_a_wrong_answer() -> None:
    channel = RIGHT.replace(b"1 3", b'1 {"raised": "MemoryError", "mro": ["Exception"]}')
    assert judge("python", SPEC, channel, CLEAN, Measured()).error_type == "memory_limit"


def test_a_language_may_demand_more_of_a_value() -> None:
    verdict = judge(
        "python", SPEC, RIGHT, CLEAN, Measured(), lambda case, value: "a bool" if value == 3 else None
    )
    assert verdict.error == "case 2: expected 3, got 3 (a bool)"


def test_an_answer_that_never_ran_fails_every_case() -> None:
    verdict = refuse("rust", SPEC, "compile_error", "E0308", Measured(compile_s=0.2))
    assert (verdict.passed, verdict.score, verdict.error_type) == (False, 0.0, "compile_error")
    assert verdict.metrics["compiled"] is False
    assert verdict.metrics["tests"] == {"case 1": False, "case 2": False, "bad": False}
