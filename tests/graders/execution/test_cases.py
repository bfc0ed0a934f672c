from __future__ import annotations

from typing import Any

import pytest

from harness.graders.execution.cases import DEFAULT_TOLERANCE, Case, parse


def test_cases_keep_their_order_names_and_tolerances() -> None:
    spec = parse(
        cases=[
            {"args": [1, [2]], "returns": None},
            {"name": "bad", "args": [0], "raises": "ValueError"},
            {"args": [], "returns": 0.5, "tolerance": "1e-3"},
        ],
        tolerance=0.25,
    )
    assert spec.kind == "cases"
    assert spec.cases == (
        Case("case 1", (1, [2]), None, None, 0.25),
        Case("bad", (0,), None, "ValueError", 0.25),
        Case("case 3", (), 0.5, None, 0.001),
    )


def test_a_driver_has_one_case_for_every_value_it_must_emit() -> None:
    spec = parse(driver="emit(1)", expect=[1, None])
    assert spec.kind == "driver"
    assert spec.names == ("emit 1", "emit 2")
    assert spec.cases[1] == Case("emit 2", (), None, None, DEFAULT_TOLERANCE)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "either `cases` or `driver`"),
        ({"cases": [{"returns": 1}], "driver": "emit(1)", "expect": [1]}, "either `cases` or `driver`"),
        ({"cases": []}, "at least one case"),
        ({"cases": [{"returns": 1}], "expect": [1]}, "`expect` belongs to `driver`"),
        ({"driver": "emit(1)"}, "needs `expect`"),
        ({"driver": "emit(1)", "expect": []}, "needs `expect`"),
        ({"driver": " ", "expect": [1]}, "`driver` must be code"),
        ({"cases": [{"args": [1]}]}, "case 1: give either `returns` or `raises`"),
        ({"cases": [{"returns": 1}, {"name": "odd", "returns": 1, "raises": "E"}]}, r"case 2 \(odd\): give"),
        ({"cases": [{"returns": 1, "arg": []}]}, "case 1: unknown key `arg`"),
        ({"cases": [{"returns": 1, "args": 3}]}, "case 1: `args` must be a list"),
        ({"cases": [{"raises": 3}]}, "case 1: `raises` must name"),
        ({"cases": [7]}, "case 1: must be a mapping"),
        ({"cases": [{"name": "a", "returns": 1}, {"name": "a", "returns": 1}]}, "case 2: the name 'a'"),
        ({"cases": [{"returns": 1, "tolerance": -1}]}, "case 1: tolerance must be a number"),
        ({"cases": [{"returns": 1}], "tolerance": "lots"}, "tolerance must be a number"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse(**options)
