"""JSON to a schema: is it JSON, is it valid, and does it say what it should. Each is reported apart."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isclose
from typing import Any, ClassVar

from harness.graders.chance import prompt_words, redrawn
from harness.graders.jsonreply import read_json_reply
from harness.graders.schemas import schema_flaw, value_flaw
from harness.jsontext import parse_strict
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_CLOSE = 1e-9  # relative difference of two numbers that are the same


class _Missing:
    """What one of two values lacks."""


_NONE = _Missing()


@dataclass(frozen=True)
class Structured:
    """The answer must be JSON that is valid to ``schema`` (Draft 2020-12) and means what the reference does.

    ``unordered`` names lists whose order means nothing, and ``accept`` values that are as right as the
    reference's, both by path: ``/items/*/tags``, where ``*`` is any place in a list. Texts are compared
    with runs of white space as one space, numbers as numbers. The score is the share of leaves (of the
    reference and of the answer together) that agree, 0 for what is not valid.
    """

    schema: Mapping[str, Any]
    unordered: Sequence[str] = ()
    accept: Mapping[str, Any] = field(default_factory=dict)
    executes: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if flaw := schema_flaw(self.schema):
            raise ValueError(f"schema: {flaw}")
        for path, values in self.accept.items():
            if not isinstance(values, list):
                raise ValueError(f"accept: {path!r} must have a list of values")

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Compare with the reference. The metrics say how far the answer came."""
        metrics = {"valid_json": False, "valid_schema": False, "right": 0.0, "fenced": False}
        try:
            reply = read_json_reply(completion.output)
        except ValueError as error:
            return Verdict(False, 0.0, "structured", "malformed_answer", str(error), metrics)
        metrics |= {"valid_json": True, "fenced": reply.around == "fence"}
        if flaw := value_flaw(self.schema, reply.value):
            return Verdict(False, 0.0, "structured", "invalid_schema", flaw, metrics)
        agreeing, leaves = self._agreement(parse_strict(task.reference), reply.value, "")
        metrics |= {"valid_schema": True, "right": agreeing / leaves}
        if agreeing < leaves:
            reason = f"{agreeing} of {leaves} values are right"
            return Verdict(False, agreeing / leaves, "structured", "wrong_answer", reason, metrics)
        return Verdict(True, 1.0, "structured", metrics=metrics)

    def guess(self, task: Task, rng: random.Random) -> str:
        """The reference's form, with words of the prompt and small numbers in it."""
        return json.dumps(redrawn(parse_strict(task.reference), prompt_words(task), rng))

    def _agreement(self, expected: Any, given: Any, path: str) -> tuple[int, int]:
        """How many leaves agree, and how many there are in either value."""
        if any(_same(given, value) for value in self.accept.get(path, ())):
            return 1, 1
        if isinstance(expected, dict) and isinstance(given, dict) and (expected or given):
            pairs = [(key, expected.get(key, _NONE), given.get(key, _NONE)) for key in {**expected, **given}]
        elif isinstance(expected, list) and isinstance(given, list) and (expected or given):
            if path in self.unordered:
                given = self._aligned(expected, given, f"{path}/*")
            length = max(len(expected), len(given))
            filled = [[*values, *[_NONE] * (length - len(values))] for values in (expected, given)]
            pairs = [("*", *pair) for pair in zip(*filled, strict=True)]
        elif expected is _NONE or given is _NONE:
            return 0, _leaves(given if expected is _NONE else expected)
        else:
            return (1, 1) if _same(expected, given) else (0, max(_leaves(expected), _leaves(given)))
        counts = [self._agreement(one, other, f"{path}/{key}") for key, one, other in pairs]
        return sum(agreeing for agreeing, _ in counts), sum(leaves for _, leaves in counts)

    def _aligned(self, expected: Sequence[Any], given: Sequence[Any], path: str) -> list[Any]:
        """The given items, each at the place of the expected one that it agrees with most."""
        left, aligned = list(given), [_NONE] * len(expected)
        shares = [
            (agreeing / leaves, -at, -other)
            for at, one in enumerate(expected)
            for other, item in enumerate(given)
            for agreeing, leaves in [self._agreement(one, item, path)]
        ]
        taken: set[int] = set()
        for share, at, other in sorted(shares, reverse=True):
            if share > 0 and aligned[-at] is _NONE and -other not in taken:
                aligned[-at] = given[-other]
                taken.add(-other)
        left = [item for other, item in enumerate(given) if other not in taken]
        aligned = [left.pop(0) if item is _NONE and left else item for item in aligned]
        return [*aligned, *left]


def _same(one: Any, other: Any) -> bool:
    """Whether two scalars, or two empty containers, mean the same."""
    if isinstance(one, str) and isinstance(other, str):
        return _plain(one) == _plain(other)
    if _is_number(one) and _is_number(other):
        return isclose(one, other, rel_tol=_CLOSE)
    return type(one) is type(other) and bool(one == other)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _leaves(value: Any) -> int:
    return sum(1 for _ in _scalars(value))


def _scalars(value: Any) -> Iterator[Any]:
    """The scalars and empty containers in a value."""
    if isinstance(value, dict | list) and value:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _scalars(inner)
    else:
        yield value
