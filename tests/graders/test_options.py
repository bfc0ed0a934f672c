"""Options of graders are what somebody wrote into a file: whatever they are, one line says what is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from harness.errors import ConfigError
from harness.graders import build_grader
from harness.records import GraderSpec
from harness.suites import load_suite
from tests.conftest import WriteSuite
from tests.graders.tasks import task
from tests.strategies import grader_specs


@settings(max_examples=80, deadline=None)
@given(grader_specs())
def test_any_options_build_a_grader_or_are_one_line(spec: GraderSpec) -> None:
    try:
        build_grader(replace(task("r", "w"), grader=spec))
    except ConfigError as error:
        assert str(error).startswith("file.yaml:7: ")
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("grader", "words"),
    [
        ("{numeric: {tolerance: [1]}}", "2: 'tolerance' must be a number, not a list"),
        ("{numeric: {tolerance: .inf}}", "2: 'tolerance' must be a number, not inf"),
        (
            "{numeric: {tolerence: 1}}",
            "2: unknown key 'tolerence' in grader 'numeric'; did you mean tolerance?",
        ),
        ("{exact: {strip: 1}}", "2: 'strip' must be true or false, not the number 1"),
        ("{label: {}}", "2: grader 'label' lacks 'labels'"),
        ("{label: {labels: {a: b}}}", "2: 'labels' must be a list, not a mapping"),
        ("{label: {labels: [a, b], scoring: best}}", "2: 'scoring' must be one of generate, loglik"),
        ("{go_asserts: {tests: [a]}}", "2: 'tests' must be a mapping, not a list"),
        ("\n    python:\n      cases: 5\n", "4: 'cases' must be a list, not the number 5"),
        ("nmeric", "1: unknown grader 'nmeric'; did you mean numeric"),
    ],
)
def test_a_wrong_option_is_named_with_its_line(write_suite: WriteSuite, grader: str, words: str) -> None:
    text = f"- id: one\n  grader: {grader}\n  prompt: p\n  reference: r\n  wrong: [w]\n"
    found: Any = load_suite(write_suite(text)).tasks[0]
    with pytest.raises(ConfigError) as error:
        build_grader(found)
    assert f"tasks.yaml:{words}" in str(error.value)
