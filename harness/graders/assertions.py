"""Assertions, as promptfoo calls them, that a program decides: what an answer is, contains or matches."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from harness.graders.chance import prompt_words
from harness.graders.jsonreply import containers
from harness.graders.reply import final_reply, unread
from harness.graders.schemas import schema_flaw, value_flaw
from harness.jsontext import parse_strict
from harness.names import nearest
from harness.patterns import find_all, pattern_flaw
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_NOT = "not-"
_SET = "assert-set"
_SHOWN = 300  # characters of what is wrong
_GUESSED = 5  # words
_DEEP = 5  # sets in sets


@dataclass(frozen=True, slots=True)
class _Assertion:
    """One assertion: whether it holds for a text, what it is called, and what it weighs."""

    name: str
    weight: float
    share: Callable[[str], float]  # 1 where it holds; of a set, the share of what it weighs


@dataclass(frozen=True)
class Assertions:
    """All of ``all`` must hold, or with a ``threshold`` that share of their weights.

    Each is ``{type, value, weight}``; ``not-`` before a type turns it round. ``assert-set`` has an ``assert``
    list and a ``threshold`` of its own. White space around the answer counts for nothing.
    """

    all: Sequence[Mapping[str, Any]]
    threshold: float | None = None
    executes: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if not self._assertions:
            raise ValueError("all: must be a list of assertions, such as {type: contains, value: x}")

    @cached_property
    def _assertions(self) -> list[_Assertion]:
        return [_assertion(entry, 0) for entry in self.all]

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Try every assertion; the error names those that do not hold."""
        text = final_reply(completion.output).strip()
        if not text:
            error = unread(completion.output, "the answer is empty")
            return Verdict(False, 0.0, "assertions", "malformed_answer", error)
        score, passed, failed = _judged(self._assertions, self.threshold, text)
        if passed:
            return Verdict(True, score if self.threshold is not None else 1.0, "assertions")
        reason = f"does not hold: {', '.join(failed)}"[:_SHOWN]
        return Verdict(False, score, "assertions", "wrong_answer", reason)

    def guess(self, task: Task, rng: random.Random) -> str:
        """A few words of the prompt."""
        return " ".join(rng.choices(prompt_words(task), k=_GUESSED))


def _judged(
    assertions: Sequence[_Assertion], threshold: float | None, text: str
) -> tuple[float, bool, list[str]]:
    """The share of the weights that hold, whether that is enough, and what does not hold."""
    shares = [(one, one.share(text)) for one in assertions]
    total = sum(one.weight for one in assertions)
    score = sum(one.weight * share for one, share in shares) / total if total else 1.0
    failed = [one.name for one, share in shares if share < 1 and one.weight]
    return score, not failed if threshold is None else score >= threshold - 1e-9, failed


def _assertion(entry: Mapping[str, Any], depth: int) -> _Assertion:
    """Raises ``ValueError`` naming what of it is wrong."""
    kind, weight = str(entry.get("type")), entry.get("weight", 1)
    if not isinstance(weight, int | float) or isinstance(weight, bool) or weight < 0:
        raise ValueError(f"all: the weight of {kind!r} must be a number from 0, not {weight!r:.40}")
    negated, plain = kind.startswith(_NOT), kind.removeprefix(_NOT)
    if plain == _SET and depth < _DEEP:
        inner = [_assertion(each, depth + 1) for each in entry.get("assert") or ()]
        threshold = entry.get("threshold")
        return _Assertion(kind, float(weight), lambda text: _of_set(inner, threshold, text))
    if plain not in KINDS:
        raise ValueError(f"all: unknown type {kind!r}{nearest(plain, KINDS)}")
    holds = KINDS[plain](entry.get("value"))
    return _Assertion(
        f"{kind} {entry.get('value')!r:.60}" if "value" in entry else kind,
        float(weight),
        lambda text: float(holds(text) != negated),
    )


def _of_set(inner: Sequence[_Assertion], threshold: float | None, text: str) -> float:
    score, passed, _ = _judged(inner, threshold, text)
    return 1.0 if passed else min(score, 0.999)


Holds = Callable[[str], bool]


def _text(value: Any) -> str:
    """A value that must be text; a number is, as promptfoo takes it."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"all: the value must be text, not {value!r:.40}")
    return str(value)


def _texts(value: Any) -> list[str]:
    values = value.split(",") if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not values:
        raise ValueError(f"all: the value must be a list of texts, not {value!r:.40}")
    return [_text(one).strip() if isinstance(value, str) else _text(one) for one in values]


def _equals(value: Any) -> Holds:
    if isinstance(value, dict | list):
        return lambda text: any(one == value for one in _json(text))
    wanted = _text(value).strip()
    return lambda text: text == wanted


def _contains(value: Any) -> Holds:
    wanted = _text(value)
    return lambda text: wanted in text


def _icontains(value: Any) -> Holds:
    wanted = _text(value).lower()
    return lambda text: wanted in text.lower()


def _starts_with(value: Any) -> Holds:
    wanted = _text(value).lstrip()
    return lambda text: text.startswith(wanted)


def _several(quantity: Callable[[list[bool]], bool], *, fold: bool) -> Callable[[Any], Holds]:
    """All or any of some texts."""

    def of(value: Any) -> Holds:
        wanted = [one.lower() if fold else one for one in _texts(value)]
        return lambda text: quantity([one in (text.lower() if fold else text) for one in wanted])

    return of


def _regex(value: Any) -> Holds:
    pattern = _text(value)
    if flaw := pattern_flaw(pattern):
        raise ValueError(flaw)
    return lambda text: bool(find_all(pattern, text))


def _is_json(value: Any) -> Holds:
    schema = _schema(value)
    return lambda text: any(schema is None or value_flaw(schema, one) is None for one in _json(text))


def _contains_json(value: Any) -> Holds:
    schema = _schema(value)
    return lambda text: any(
        schema is None or value_flaw(schema, one) is None for one in containers(text, (dict, list))
    )


def _schema(value: Any) -> Mapping[str, Any] | None:
    if value is None or value == "":
        return None
    if not isinstance(value, Mapping):
        raise ValueError(f"all: the value must be a JSON Schema, not {value!r:.40}")
    if flaw := schema_flaw(value):
        raise ValueError(flaw)
    return value


def _word_count(value: Any) -> Holds:
    least, most = (
        (value.get("min", 0), value.get("max", 10**9)) if isinstance(value, Mapping) else (value, value)
    )
    if not all(isinstance(number, int) and not isinstance(number, bool) for number in (least, most)):
        raise ValueError(f"all: the value must be a number of words, or {{min, max}}, not {value!r:.40}")
    return lambda text: least <= len(text.split()) <= most


def _json(text: str) -> list[Any]:
    """The JSON that a text is, if it is."""
    try:
        return [parse_strict(text)]
    except ValueError:
        return []


KINDS: Mapping[str, Callable[[Any], Holds]] = {
    "equals": _equals,
    "contains": _contains,
    "icontains": _icontains,
    "contains-all": _several(all, fold=False),
    "contains-any": _several(any, fold=False),
    "icontains-all": _several(all, fold=True),
    "icontains-any": _several(any, fold=True),
    "starts-with": _starts_with,
    "regex": _regex,
    "is-json": _is_json,
    "contains-json": _contains_json,
    "word-count": _word_count,
}
