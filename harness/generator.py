"""Parametric tasks: one entry with a ``generator`` becomes ``count`` tasks, reproducibly from its seed."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from simpleeval import SimpleEval

from harness.errors import ConfigError
from harness.yamlfile import Section, expect_section, read_record

_FUNCTIONS = {f.__name__: f for f in (min, max, abs, round, math.gcd, math.lcm, math.comb)}
_TRIES = 1000  # draws before a generator is called too narrow
Value = int | float | str


class _Season(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def season(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Generator:
    """The ``generator`` of a task file."""

    seed: int
    count: int
    parameters: Mapping[str, Any]
    answer: str
    wrong: tuple[str, ...]
    where: str = "True"
    derive: Mapping[str, str] | None = None


def expand(section: Section, defaults: Mapping[str, Any], suite: _Season) -> Iterator[Section]:
    """The task sections that an entry stands for: itself with defaults, or what it generates."""
    if "generator" not in section:
        yield _merged(section, {**defaults, **section})
        return
    where = section.where("generator")
    body = expect_section(section["generator"], where, "'generator'")
    generator = read_record(Generator, body, "'generator'")
    seen: set[tuple[Value, ...]] = set()
    width = len(str(generator.count))
    for index in range(1, generator.count + 1):
        rng = random.Random(f"{suite.name}/{section.get('id')}/{suite.season}/{generator.seed}/{index}")
        values, answer, wrong = _draw(generator, body, rng, seen)
        task = {
            **defaults,
            **{key: value for key, value in section.items() if key != "generator"},
            "id": f"{section.get('id')}-{index:0{width}d}",
            "vars": values,
            "reference": answer,
            "wrong": wrong,
        }
        yield _merged(section, task)


def _merged(section: Section, values: Mapping[str, Any]) -> Section:
    merged = Section(values)
    merged.file, merged.line, merged.lines = section.file, section.line, section.lines
    return merged


def _draw(
    generator: Generator, body: Section, rng: random.Random, seen: set[tuple[Value, ...]]
) -> tuple[dict[str, Value], str, list[str]]:
    """One new set of values with its answer and the wrong answers that differ from it."""
    for _ in range(_TRIES):
        values = {name: _value(name, spec, body, rng) for name, spec in generator.parameters.items()}
        key = tuple(values.values())
        if key in seen or not _evaluate(generator.where, values, body, "where"):
            continue
        for name, expression in (generator.derive or {}).items():
            values[name] = _evaluate(expression, values, body, "derive")
        answer = _text(_evaluate(generator.answer, values, body, "answer"))
        wrong = {_text(_evaluate(expression, values, body, "wrong")) for expression in generator.wrong}
        wrong.discard(answer)
        if wrong:
            seen.add(key)
            return {name: _text(value) for name, value in values.items()}, answer, sorted(wrong)
    raise ConfigError(
        f"{body.where('count')}: the generator finds no {len(seen) + 1}th set of parameters; "
        "widen their ranges or lower 'count'"
    )


def _value(name: str, spec: Any, body: Section, rng: random.Random) -> Value:
    match spec:
        case {"choice": [_, *_] as options}:
            chosen: Value = rng.choice(options)
            return chosen
        case {"range": [int(low), int(high)]} if low <= high:
            return rng.randint(low, high)
        case {"range": [int(low), int(high), int(step)]} if low <= high and step > 0:
            return rng.randrange(low, high + 1, step)
    raise ConfigError(
        f"{body.where('parameters')}: parameter {name!r} needs {{range: [low, high]}} or {{choice: […]}}"
    )


def _evaluate(expression: str, values: Mapping[str, Value], body: Section, key: str) -> Any:
    evaluator = SimpleEval(functions=_FUNCTIONS, names={**values, "True": True, "False": False})
    try:
        return evaluator.eval(expression)
    except Exception as error:  # simpleeval raises its own, arithmetic and syntax errors alike
        raise ConfigError(
            f"{body.where(key)}: cannot compute {expression!r} with {dict(values)}: {error}"
        ) from error


def _text(value: Any) -> str:
    """A number as a person writes it: ``4.0`` is ``4``, and no binary noise behind the tenth digit."""
    return format(value, ".10g") if isinstance(value, float) else str(value)
