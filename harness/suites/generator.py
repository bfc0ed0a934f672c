"""Parametric tasks: one entry with a ``generator`` becomes ``count`` tasks, reproducibly from its seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Protocol

from harness.errors import ConfigError
from harness.fieldtypes import Between
from harness.filesections import FileSection, expect_section, read_record
from harness.suites.arithmetic import Expression
from harness.suites.logs import LogSpec, draw_log, rules_of, wrong_answers

_TRIES = 1000  # draws for one task before a generator is called too narrow
_DRAWS = 50_000  # for all of its tasks, beside ten for each
Value = int | float | str
Drawn = tuple[dict[str, Value], str, list[str]]  # values of the prompt, the answer, wrong answers


class _Season(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def season(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Generator:
    """The ``generator`` of a task file."""

    seed: int
    count: Annotated[int, Between(1, 10_000)]  # tasks
    parameters: Mapping[str, Any]
    answer: str
    wrong: tuple[str, ...]
    where: str = "True"
    derive: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class LogGenerator:
    """The ``generator`` of logs: the prompt has places for their ``rules`` and their lines, ``log``."""

    seed: int
    count: Annotated[int, Between(1, 1000)]  # tasks
    log: LogSpec

    def next(self, rng: random.Random) -> Drawn:
        """A log, the numbers of its anomalies, and wrong answers."""
        log, numbers = draw_log(self.log, rng)
        values: dict[str, Value] = {"rules": rules_of(self.log), "log": log}
        return values, json.dumps(numbers), wrong_answers(numbers, rng)


def expand(section: FileSection, defaults: FileSection, suite: _Season) -> Iterator[FileSection]:
    """The task sections that an entry stands for: itself with defaults, or what it generates."""
    if "generator" not in section:
        yield section.over(defaults)
        return
    where = section.where("generator")
    body = expect_section(section["generator"], where, "'generator'")
    try:
        draws = (
            read_record(LogGenerator, body, "'generator'")
            if "log" in body
            else _Draws(read_record(Generator, body, "'generator'"), body)
        )
    except ValueError as error:
        raise ConfigError(f"{body.where('log')}: {error}") from None
    width = len(str(draws.count))
    for index in range(1, draws.count + 1):
        rng = random.Random(f"{suite.name}/{section.get('id')}/{suite.season}/{draws.seed}/{index}")
        values, answer, wrong = draws.next(rng)
        name = f"{section.get('id')}-{index:0{width}d}"
        task = section.over(defaults, id=name, vars=values, reference=answer, wrong=wrong)
        del task["generator"]
        yield task


class _Draws:
    """Sets of values, each once, with the answer and the wrong answers that differ from it."""

    def __init__(self, generator: Generator, body: FileSection) -> None:
        self.seed, self.count = generator.seed, generator.count
        self._parameters = generator.parameters
        self._body = body
        self._where = self._expression(generator.where, "where")
        self._derive = {
            name: self._expression(text, "derive") for name, text in (generator.derive or {}).items()
        }
        self._answer = self._expression(generator.answer, "answer")
        self._wrong = [self._expression(text, "wrong") for text in generator.wrong]
        self._seen: set[tuple[Value, ...]] = set()
        self._left = _DRAWS + 10 * generator.count

    def next(self, rng: random.Random) -> Drawn:
        """One new set of values."""
        for _ in range(min(_TRIES, self._left)):
            self._left -= 1
            values = {name: _value(name, spec, self._body, rng) for name, spec in self._parameters.items()}
            key = tuple(values.values())
            if key in self._seen or not self._compute(self._where, values, "where"):
                continue
            for name, expression in self._derive.items():
                values[name] = self._compute(expression, values, "derive")
            answer = _text(self._compute(self._answer, values, "answer"))
            wrong = {_text(self._compute(expression, values, "wrong")) for expression in self._wrong}
            wrong.discard(answer)
            if wrong:
                self._seen.add(key)
                return {name: _text(value) for name, value in values.items()}, answer, sorted(wrong)
        raise ConfigError(
            f"{self._body.where('count')}: the generator finds no {len(self._seen) + 1}th set of parameters; "
            "widen their ranges or lower 'count'"
        )

    def _expression(self, text: str, key: str) -> Expression:
        try:
            return Expression(text)
        except ValueError as error:
            raise ConfigError(f"{self._body.where(key)}: cannot compute {text!r:.200}: {error}") from None

    def _compute(self, expression: Expression, values: Mapping[str, Value], key: str) -> Any:
        try:
            return expression.value(values)
        except ValueError as error:
            shown = ", ".join(f"{name} = {value!s:.40}" for name, value in values.items())
            raise ConfigError(
                f"{self._body.where(key)}: cannot compute {expression.text!r:.200} with {shown}: {error}"
            ) from None


def _value(name: str, spec: Any, body: FileSection, rng: random.Random) -> Value:
    match spec:
        case {"choice": [_, *_] as options} if all(isinstance(option, Value) for option in options):
            chosen: Value = rng.choice(options)
            return chosen
        case {"range": [int(low), int(high)]} if low <= high:
            return rng.randint(low, high)
        case {"range": [int(low), int(high), int(step)]} if low <= high and step > 0:
            return rng.randrange(low, high + 1, step)
    raise ConfigError(
        f"{body.where('parameters')}: parameter {name!r} needs {{range: [low, high]}} or "
        "{choice: [numbers or texts]}"
    )


def _text(value: Any) -> str:
    """A number as a person writes it: ``4.0`` is ``4``, and no binary noise behind the tenth digit."""
    return format(value, ".10g") if isinstance(value, float) else str(value)
