"""The cases of an executed-code task, as its YAML options give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

DEFAULT_TOLERANCE = 1e-9  # of floats, relative and absolute
_CASE_KEYS = {"name", "args", "returns", "raises", "tolerance"}


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that must come out.

    ``args`` are YAML values, empty for a driver's case. Either ``raises`` names an
    exception (``panic`` in Rust and Go), or ``returns`` is the YAML value to come.
    """

    name: str
    args: tuple[Any, ...]
    returns: Any = None
    raises: str | None = None
    tolerance: float = DEFAULT_TOLERANCE


@dataclass(frozen=True, slots=True)
class CaseSpec:
    """What a program is asked to do, and what must come of it, in order.

    ``kind`` is ``cases`` (a call of the signature's function each) or ``driver``
    (code written with the task that emits one value a case).
    """

    kind: Literal["cases", "driver"]
    cases: tuple[Case, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the cases, in order, each once."""
        return tuple(case.name for case in self.cases)


def parse(
    cases: Sequence[Mapping[str, Any]] | None = None,
    driver: str | None = None,
    expect: Sequence[Any] | None = None,
    tolerance: float | str | None = None,
) -> CaseSpec:
    """Read a grader's options; exactly one of ``cases`` and ``driver`` must be given.

    Raises ``ValueError`` naming the option and the case.
    """
    bound = _tolerance(tolerance, "tolerance")
    if (cases is None) == (driver is None):
        raise ValueError("give either `cases` or `driver` with `expect`")
    if driver is not None:
        return CaseSpec("driver", _expected(driver, expect, bound))
    if expect is not None:
        raise ValueError("`expect` belongs to `driver`; cases say `returns` or `raises`")
    if not isinstance(cases, list | tuple) or not cases:
        raise ValueError("`cases` must be a list with at least one case")
    parsed = tuple(_case(index, raw, bound) for index, raw in enumerate(cases))
    names = [case.name for case in parsed]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise ValueError(f"case {index + 1}: the name {name!r} is taken by an earlier case")
    return CaseSpec("cases", parsed)


def _expected(driver: Any, expect: Any, tolerance: float) -> tuple[Case, ...]:
    if not isinstance(driver, str) or not driver.strip():
        raise ValueError("`driver` must be code")
    if not isinstance(expect, list | tuple) or not expect:
        raise ValueError("`driver` needs `expect`: the list of values that it emits")
    return tuple(
        Case(f"emit {index + 1}", (), returns=value, tolerance=tolerance)
        for index, value in enumerate(expect)
    )


def _case(index: int, raw: Any, tolerance: float) -> Case:
    where = f"case {index + 1}"
    if not isinstance(raw, Mapping):
        raise ValueError(f"{where}: must be a mapping with `args` and `returns` or `raises`")
    name = str(raw.get("name", where))
    if name != where:
        where = f"{where} ({name})"
    if unknown := sorted(set(map(str, raw)) - _CASE_KEYS):
        raise ValueError(f"{where}: unknown key `{unknown[0]}`; known are {', '.join(sorted(_CASE_KEYS))}")
    if ("returns" in raw) == ("raises" in raw):
        raise ValueError(f"{where}: give either `returns` or `raises`")
    args = raw.get("args", [])
    if not isinstance(args, list | tuple):
        raise ValueError(f"{where}: `args` must be a list, one item a parameter")
    raises = raw.get("raises")
    if "raises" in raw and not (isinstance(raises, str) and raises):
        raise ValueError(f"{where}: `raises` must name an exception")
    bound = _tolerance(raw["tolerance"], f"{where}: tolerance") if "tolerance" in raw else tolerance
    return Case(name, tuple(args), raw.get("returns"), raises, bound)


def _tolerance(value: Any, where: str) -> float:
    if value is None:
        return DEFAULT_TOLERANCE
    try:  # YAML reads 1e-6 (no dot) as a string
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if isinstance(value, bool) or not 0 <= number < 1:
        raise ValueError(f"{where} must be a number from 0 up to 1, not {value!r}")
    return number
