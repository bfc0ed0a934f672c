from __future__ import annotations

import ast
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from harness.graders.execution import inside, wire
from harness.graders.execution.cases import Case, parse
from harness.graders.execution.judge import ProgramMetrics, judge, refuse
from harness.graders.languages.python.types import annotation, conforms
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
    verdict = judge("python", SPEC, RIGHT, CLEAN, ProgramMetrics(sandbox="bwrap", code_lines=3))
    assert verdict.passed
    assert verdict.score == 1.0
    assert verdict.error_type is None
    assert verdict.metrics["tests"] == {"case 1": True, "case 2": True, "bad": True}
    assert verdict.metrics["tests_passed"] == verdict.metrics["tests_total"] == 3
    assert verdict.metrics["verdict"] == "outside"
    assert verdict.metrics["sandbox"] == "bwrap"


def test_a_wrong_value_is_told_in_words() -> None:
    verdict = judge("python", SPEC, RIGHT.replace(b"1 3", b"1 4"), CLEAN, ProgramMetrics())
    assert (verdict.passed, verdict.error_type) == (False, "wrong_answer")
    assert verdict.score == pytest.approx(2 / 3)
    assert verdict.error == "case 2: expected 3, got 4"


def test_a_value_where_an_exception_is_due_fails_and_the_other_way_round() -> None:
    verdict = judge(
        "python", SPEC, b'0 2\n1 {"raised": "KeyError", "mro": []}\n2 5\n', CLEAN, ProgramMetrics()
    )
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
    verdict = judge("python", SPEC, RIGHT, outcome, ProgramMetrics())
    assert (verdict.passed, verdict.error_type) == (False, error_type)
    assert verdict.score == pytest.approx(2 / 3)  # everything was right, but it did not end
    assert verdict.metrics["timed_out"] is (error_type == "timeout")


@pytest.mark.parametrize("channel", [b"", RIGHT[:-1], RIGHT + b"3 1\n", RIGHT + RIGHT, b"ok\n" + RIGHT])
def test_other_lines_than_the_wanted_ones_pass_for_nothing(channel: bytes) -> None:
    verdict = judge("python", SPEC, channel, CLEAN, ProgramMetrics())
    assert (verdict.passed, verdict.score, verdict.error_type) == (False, 0.0, "protocol_violation")


def test_running_out_of_memory_inside_a_case_is_told_from_a_wrong_answer() -> None:
    channel = RIGHT.replace(b"1 3", b'1 {"raised": "MemoryError", "mro": ["Exception"]}')
    assert judge("python", SPEC, channel, CLEAN, ProgramMetrics()).error_type == "memory_limit"


def test_a_language_may_demand_more_of_a_value() -> None:
    verdict = judge(
        "python", SPEC, RIGHT, CLEAN, ProgramMetrics(), lambda case, value: "a bool" if value == 3 else None
    )
    assert verdict.error == "case 2: expected 3, got 3 (a bool)"


def test_an_answer_that_never_ran_fails_every_case() -> None:
    verdict = refuse("rust", SPEC, "compile_error", "E0308", ProgramMetrics(compile_s=0.2))
    assert (verdict.passed, verdict.score, verdict.error_type) == (False, 0.0, "compile_error")
    assert verdict.metrics["compiled"] is False
    assert verdict.metrics["tests"] == {"case 1": False, "case 2": False, "bad": False}


# --- what an answer may do to its judge --------------------------------------

TAGS = ("f", "t", "s", "m", "b", "ok", "err", "raised", "mro", "text", "x", "v", "other")
TEXTS = st.one_of(
    st.sampled_from(["1.5", "nan", "-inf", "1e5", "00ff", "ValueError", "date", "\\ud800", "\x00"]),
    st.text(max_size=5),
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(TAGS), inner, max_size=3)
    ),
    max_leaves=12,
)
EXPECTED: list[Any] = [
    2,
    2.5,
    "a",
    None,
    True,
    [1, [2]],
    {"a": [1]},
    {"ok": 1},
    {"err": "x"},
    "2024-02-29",
    "nan",
]
TYPES = [
    "int",
    "float",
    "list[tuple[int, str]]",
    "dict[str, list[int]]",
    "set[int] | None",
    "bytes",
    "date",
    "Any",
]


SPEC_OF_ALL = parse(cases=[{"args": [], "returns": value} for value in EXPECTED])


def judged(channel: bytes, kind: str) -> None:
    """Whatever stands on the channel, there is a verdict, and it can be written down."""
    wanted = annotation(ast.parse(kind, mode="eval").body)

    def complain(case: Case, value: Any) -> str | None:
        return None if conforms(value, wanted) else "another type"

    verdict = judge("python", SPEC_OF_ALL, channel, CLEAN, ProgramMetrics(), complain)
    assert verdict.error_type in ("protocol_violation", "wrong_answer", "memory_limit")
    assert len((verdict.error or "").encode()) < 2000


@given(st.lists(JSON, min_size=len(EXPECTED), max_size=len(EXPECTED)), st.sampled_from(TYPES))
@settings(max_examples=50, deadline=None)
def test_no_json_on_the_channel_breaks_the_judge(values: list[Any], kind: str) -> None:
    lines = [f"{index} {json.dumps(value)}" for index, value in enumerate(values)]
    judged("\n".join([*lines, ""]).encode(), kind)


@given(st.lists(st.binary(max_size=30), max_size=4), st.sampled_from(TYPES))
@settings(max_examples=50, deadline=None)
def test_no_bytes_on_the_channel_break_the_judge(lines: list[bytes], kind: str) -> None:
    judged(b"".join(b"%d %s\n" % (index, line) for index, line in enumerate(lines)), kind)


@pytest.mark.parametrize(
    ("before", "repeated", "behind"),
    [
        (b"", b"[", b""),
        (b"", b"[", b"]" * 200_000),
        (b"", b'{"t":[', b"]}" * 985),
        (b"", b'{"ok":', b"1" + b"}" * 985),
        (b"", b"7", b""),
        (b'{"f":"', b"9", b'"}'),
        (b"[", b"1,", b"1]"),
        (b"[", b'{"s":[]},', b"1]"),
        (b'{"m":[', b"[1,2],", b"[3,4]]}"),
        (b'"', b"\\ud800\\udc9b", b'"'),
        (b'{"raised":"', b"\\u001b[2J", b'"}'),
    ],
)
@pytest.mark.parametrize("times", [985, 20_000])
def test_no_monster_on_the_channel_breaks_the_judge(
    before: bytes, repeated: bytes, behind: bytes, times: int
) -> None:
    for kind in ("int", "list[int]", "Any"):
        judged(b"0 " + before + repeated * times + behind + b"\n", kind)


@given(st.lists(st.binary(max_size=12), max_size=5))
@settings(max_examples=50, deadline=None)
@example([b"\xc2\xb2", b"0 pass", b"1 pass"])
@example([b"0", b"1", b"1"])
def test_no_reports_of_tests_pass_but_those_of_all(reports: list[bytes]) -> None:
    spec = inside.spec(["a", "b"])
    channel = b"".join(b"N " + report + b"\n" for report in reports)
    verdict = inside.judge("rust_asserts", spec, "N", channel, CLEAN, ProgramMetrics())
    lines = b"".join(b"N " + report + b"\n" for report in reports).decode(errors="replace").split("\n")
    heard = [line for line in lines if line.split(" ")[:2] in (["N", "0"], ["N", "1"])]
    assert verdict.passed == (sorted(heard) == ["N 0", "N 1"])


def test_words_of_a_failure_are_never_a_pass() -> None:
    spec = inside.spec(["a"])
    for words in (b" pass", b" ", b" passed", b"  pass"):
        verdict = inside.judge("go_asserts", spec, "N", b"N 0" + words + b"\n", CLEAN, ProgramMetrics())
        assert (verdict.passed, verdict.error_type) == (False, "wrong_answer")
    assert inside.judge("go_asserts", spec, "N", b"N 0\n", CLEAN, ProgramMetrics()).passed


def test_values_that_come_in_are_values_that_the_rest_can_rely_on() -> None:
    deep = b"[" * 99 + b"]" * 99
    values, broken = wire.read(b"0 " + deep + b"\n", 1)
    assert broken is None
    assert not wire.matches([], values[0], 0)
