"""Tasks whose numbers and texts are drawn, and whose answers are expressions over them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from harness.suites.arithmetic import Expression
from harness.suites.families.base import Drawn, Value


@dataclass(frozen=True, slots=True)
class Parameters:
    """The options of a ``generator`` that names no family."""

    parameters: Mapping[str, Any]
    answer: str
    wrong: tuple[str, ...]
    where: str = "True"
    derive: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        derived = [("derive", text) for text in (self.derive or {}).values()]
        wrong = [("wrong", text) for text in self.wrong]
        for option, text in (("where", self.where), *derived, ("answer", self.answer), *wrong):
            _expression(option, text)

    def next(self, rng: random.Random) -> Drawn | None:
        """A set of values for which ``where`` holds and some wrong answer differs from the right one."""
        values = {name: _value(name, spec, rng) for name, spec in self.parameters.items()}
        if not _computed("where", self.where, values):
            return None
        for name, text in (self.derive or {}).items():
            values[name] = _computed("derive", text, values)
        answer = _text(_computed("answer", self.answer, values))
        wrong = {_text(_computed("wrong", text, values)) for text in self.wrong} - {answer}
        shown = {name: _text(value) for name, value in values.items()}
        return Drawn(shown, answer, sorted(wrong)) if wrong else None


@lru_cache(1000)
def _expression(option: str, text: str) -> Expression:
    try:
        return Expression(text)
    except ValueError as error:
        raise ValueError(f"{option}: cannot compute {text!r:.200}: {error}") from None


def _computed(option: str, text: str, values: Mapping[str, Value]) -> Any:
    try:
        return _expression(option, text).value(values)
    except ValueError as error:
        shown = ", ".join(f"{name} = {value!s:.40}" for name, value in values.items())
        raise ValueError(f"{option}: cannot compute {text!r:.200} with {shown}: {error}") from None


def _value(name: str, spec: Any, rng: random.Random) -> Value:
    match spec:
        case {"choice": [_, *_] as options} if all(isinstance(option, Value) for option in options):
            chosen: Value = rng.choice(options)
            return chosen
        case {"range": [int(low), int(high)]} if low <= high:
            return rng.randint(low, high)
        case {"range": [int(low), int(high), int(step)]} if low <= high and step > 0:
            return rng.randrange(low, high + 1, step)
    raise ValueError(
        f"parameters: parameter {name!r} needs {{range: [low, high]}} or {{choice: [numbers or texts]}}"
    )


def _text(value: Any) -> str:
    """A number as a person writes it: ``4.0`` is ``4``, and no binary noise behind the tenth digit."""
    return format(value, ".10g") if isinstance(value, float) else str(value)
