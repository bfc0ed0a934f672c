"""Generated tasks: one entry with a ``generator`` becomes ``count`` tasks, reproducibly from its seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from itertools import product
from typing import Annotated, Any, Protocol

from harness.errors import ConfigError
from harness.fieldtypes import Between
from harness.filesections import FileSection, expect_section, read_record, section_of
from harness.names import nearest
from harness.plugins import load
from harness.suites.families import DEFAULT_FAMILY, FAMILIES
from harness.suites.families.base import Drawn, Family

_TRIES = 1000  # draws for one task before a generator is called too narrow
_DRAWS = 50_000  # for all of its tasks, beside ten for each
_CHARACTERS = 256 << 20  # of what is drawn for all of its tasks


class _Season(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def season(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Generator:
    """What the ``generator`` of a task file says beside the options of its family."""

    seed: int
    count: Annotated[int, Between(1, 10_000)]  # tasks
    family: str = DEFAULT_FAMILY
    grid: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)  # options of the family: values in turn


def expand(section: FileSection, defaults: FileSection, suite: _Season) -> Iterator[FileSection]:
    """The task sections that an entry stands for: itself with defaults, or what it generates.

    With a ``grid`` it generates ``count`` tasks for every combination of its values, which stand in their ids.
    """
    if "generator" not in section:
        yield section.over(defaults)
        return
    body = expect_section(section["generator"], section.where("generator"), "'generator'")
    own = [field.name for field in fields(Generator)]
    generator = read_record(Generator, _part(body, [key for key in body if key in own]), "'generator'")
    for chosen in product(*generator.grid.values()):
        options = _part(body, [key for key in body if key not in own])
        options.update(zip(generator.grid, chosen, strict=True))
        name = "-".join(str(part) for part in (section.get("id"), *chosen))
        yield from _drawn(section, defaults, suite, name, _Draws(generator, body, options))


def _drawn(
    section: FileSection, defaults: FileSection, suite: _Season, name: str, draws: _Draws
) -> Iterator[FileSection]:
    whole = section.over(defaults)
    count, seed = draws.generator.count, draws.generator.seed
    for index in range(1, count + 1):
        rng = random.Random(f"{suite.name}/{name}/{suite.season}/{seed}/{index}")
        drawn = draws.next(rng)
        values: dict[str, Any] = {
            "id": f"{name}-{index:0{len(str(count))}d}",
            "vars": drawn.vars,
            "reference": drawn.reference,
            "wrong": [*drawn.wrong],
        }
        if drawn.grader:
            values["grader"] = _grader(whole, drawn.grader)
        task = section.over(defaults, **{**values, **drawn.task})
        del task["generator"]
        yield task


class _Draws:
    """What a generator's family draws, each once."""

    def __init__(self, generator: Generator, body: FileSection, options: FileSection) -> None:
        self._body, self.generator = body, generator
        if generator.family not in FAMILIES:
            near = nearest(generator.family, FAMILIES)
            raise ConfigError(f"{body.where('family')}: unknown family {generator.family!r:.80}{near}")
        try:
            self._family: Family = read_record(load(FAMILIES[generator.family]), options, "'generator'")
        except ValueError as error:
            raise self._located(error) from None
        self._seen: set[tuple[Any, ...]] = set()
        self._left = _DRAWS + 10 * self.generator.count
        self._characters = _CHARACTERS

    def next(self, rng: random.Random) -> Drawn:
        """One that was not drawn before. Raises ``ConfigError`` where there are no more."""
        for _ in range(min(_TRIES, self._left)):
            self._left -= 1
            try:
                drawn = self._family.next(rng)
            except ValueError as error:
                raise self._located(error) from None
            key = tuple(drawn.vars.values()) if drawn else ()
            if drawn is None or key in self._seen:
                continue
            self._seen.add(key)
            self._characters -= sum(len(str(value)) for value in key)
            if self._characters < 0:
                raise ConfigError(
                    f"{self._body.where('count')}: the texts are too long for so many; lower 'count'"
                )
            return drawn
        raise ConfigError(
            f"{self._body.where('count')}: the generator finds no {len(self._seen) + 1}th set of parameters; "
            "widen their ranges or lower 'count'"
        )

    def _located(self, error: ValueError) -> ConfigError:
        option = str(error).partition(":")[0]
        return ConfigError(f"{self._body.where(option if option in self._body else None)}: {error}")


def _part(body: FileSection, keys: list[str]) -> FileSection:
    """Some keys of a section, as a section."""
    part = FileSection({key: body[key] for key in keys})
    part.file, part.line, part.lines, part.behind = body.file, body.line, body.lines, body.behind
    return part


def _grader(whole: FileSection, drawn: Mapping[str, Any]) -> FileSection:
    """The grader that a file names, with the options that were drawn."""
    grader = whole.get("grader")
    name, options = (
        next(iter(grader.items())) if isinstance(grader, dict) and len(grader) == 1 else (grader, None)
    )
    if not isinstance(name, str):
        raise ConfigError(
            f"{whole.where('grader')}: 'grader' names one grader with its options: {{name: {{…}}}}"
        )
    return section_of({name: {**(options or {}), **drawn}}, whole.file, whole.line)
