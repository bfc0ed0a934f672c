from __future__ import annotations

import ast
import random
from typing import Any

import pytest

from harness.graders.languages.python.types import (
    Type,
    annotation,
    arguments,
    conforms,
    fits,
    guess,
    literal,
    parse_signature,
)


def kind(text: str) -> Type:
    return annotation(ast.parse(text, mode="eval").body)


def test_a_signature_is_read_with_its_imports_and_types() -> None:
    signature = parse_signature(
        "from datetime import date\nimport math\n\ndef plan(\n    start: date, *more: int\n) -> list[int]:"
    )
    assert signature.name == "plan"
    assert signature.imports == "from datetime import date\nimport math"
    assert signature.source == "def plan(\n    start: date, *more: int\n) -> list[int]"
    assert (signature.parameters, signature.rest) == ((Type("date"),), Type("int"))
    assert (signature.required, signature.returns, signature.result) == (1, kind("list[int]"), "plain")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("def f() -> Iterator[int]", "iterator"),
        ("def f() -> typing.Generator[int, None, None]", "iterator"),
        ("async def f() -> int", "async"),
        ("async def f() -> AsyncIterator[int]", "async iterator"),
        ("def f()", "plain"),
    ],
)
def test_the_return_type_says_how_a_result_is_used_up(text: str, result: str) -> None:
    assert parse_signature(text).result == result


@pytest.mark.parametrize(
    ("value", "text", "source"),
    [
        (3, "int", "3"),
        ("18446744073709551616", "int", "18446744073709551616"),
        (2, "float", "float('2.0')"),
        ("nan", "float", "float('nan')"),
        ("it's", "str", '"it\'s"'),
        (None, "str | None", "None"),
        ("5", "int | str", "5"),
        ("five", "int | str", "'five'"),
        ([1, "a"], "tuple[int, str]", "(1,'a',)"),
        ([1, 2], "tuple[int, ...]", "(1,2,)"),
        ([], "set[int]", "set([])"),
        ([1], "frozenset[int]", "frozenset([1])"),
        ([1], "Iterator[int]", "iter([1])"),
        ([1], "Sequence[int]", "[1]"),
        ({"a": [1]}, "dict[str, list[int]]", "{'a': [1]}"),
        ([["a", 1]], "Mapping[str, int]", "{'a': 1}"),
        ("00ff", "bytes", r"b'\x00\xff'"),
        ("2024-02-29", "datetime.date", "__import__('datetime').date.fromisoformat('2024-02-29')"),
        ([{"a": 1}], "list", "[{'a': 1}]"),
        ({"a": 1}, "Any", "{'a': 1}"),
    ],
)
def test_yaml_values_as_source(value: Any, text: str, source: str) -> None:
    assert literal(value, kind(text)) == source
    eval(source)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "int"),
        ("x", "int"),
        (1.5, "int"),
        (True, "float"),
        (1, "str"),
        (1, "bool"),
        (0, "None"),
        ([1], "str | None"),
        ([1], "tuple[int, str]"),
        ("ab", "list[str]"),
        ({"a": "b"}, "dict[str, int]"),
        (["a"], "dict[str, int]"),
        ("2023-02-29", "date"),
        ("xy", "bytes"),
        (3, "date"),
    ],
)
def test_yaml_values_that_do_not_fit(value: Any, text: str) -> None:
    assert not fits(value, kind(text))


def test_the_number_of_arguments_is_checked() -> None:
    signature = parse_signature("def f(a: int, b: str = 'x') -> int")
    assert arguments((1,), signature) == "(1,)"
    assert arguments((1, "y"), signature) == "(1,'y',)"
    for values in ((), (1, "y", 2)):
        with pytest.raises(ValueError, match="arguments for the 2 parameters of `f`"):
            arguments(values, signature)
    with pytest.raises(ValueError, match="argument 2: 7 is no str"):
        arguments((1, 7), signature)


@pytest.mark.parametrize(
    ("wire", "text", "does"),
    [
        (1, "int", True),
        (True, "int", False),
        ({"f": "1.0"}, "int", False),
        (1, "float", True),
        (True, "float", False),
        (1, "bool", False),
        (None, "int | None", True),
        ("a", "int | None", False),
        ([1, 2], "list[int]", True),
        ([1, "a"], "list[int]", False),
        ({"t": [1, 2]}, "list[int]", False),
        ({"t": [1, 2]}, "Sequence[int]", True),
        ({"t": [1, "a"]}, "tuple[int, str]", True),
        ({"t": [1]}, "tuple[int, str]", False),
        ({"t": [1, 2, 3]}, "tuple[int, ...]", True),
        ([1], "tuple[int]", False),
        ({"s": [1]}, "set[int]", True),
        ([1], "set[int]", False),
        ({"m": [["a", 1]]}, "dict[str, int]", True),
        ({"m": [[1, 1]]}, "dict[str, int]", False),
        ({"b": "00"}, "bytes", True),
        ("00", "bytes", False),
        ({"x": "date", "v": "2024-01-01"}, "date", True),
        ({"x": "datetime", "v": "2024-01-01"}, "date", False),
        ({"x": "Widget"}, "list[int]", False),
        ([{"anything": 1}], "list", True),
        ({"x": "Widget"}, "Widget", True),
    ],
)
def test_values_have_exactly_the_annotated_type(wire: Any, text: str, does: bool) -> None:
    assert conforms(wire, kind(text)) is does


@pytest.mark.parametrize(
    "text", ["int", "str | None", "tuple[int, list[str]]", "dict[str, int]", "date", "set"]
)
def test_a_guess_is_an_expression(text: str) -> None:
    for seed in range(5):
        eval(guess(kind(text), random.Random(seed)))
