"""The JSON in an answer: to the letter where a program must read it, else as people write it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

from harness.graders.execution.blocks import split
from harness.graders.loosejson import values_in
from harness.graders.reply import final_reply, unread
from harness.jsontext import parse_strict, parse_strict_at

MOST = 200_000  # characters of an answer
_DEPTH = 40  # levels: what walks a value may call itself
_STARTS = 1_000  # brackets among prose at which JSON may begin
_CONTAINER = re.compile(r"[\[{]")


@dataclass(frozen=True, slots=True)
class JsonReply:
    """The value that an answer gives, and what stood around it."""

    value: Any
    around: Literal["nothing", "fence"]


def read_json_reply(output: str) -> JsonReply:
    """The JSON of an answer, read to the letter (``jsontext.parse_strict``), for what programs must read.

    It is the whole answer, or the last fenced block that is JSON. Raises ``ValueError`` saying why there is
    none.
    """
    reply = _reply(output)
    try:
        return JsonReply(_value(reply), "nothing")
    except ValueError as error:
        reason = str(error)
    fenced = _fenced(reply)
    for text in reversed(fenced):
        try:
            return JsonReply(_value(text), "fence")
        except ValueError as error:
            reason = reason if text is not fenced[-1] else str(error)
    raise ValueError(f"the answer is not JSON: {reason}")


def read_json_like(output: str, resembles: Callable[[Any], bool]) -> Any:
    """The object or list in an answer that has the form asked for, for what people would understand.

    It may be written as they write it (``loosejson``), stand in a fence, among prose or within an object;
    objects one after another are a list, too. Of several the last in a fence counts, else the last on
    lines of its own or behind a colon, else the last. Raises ``ValueError`` where there is none.
    """
    reply = _reply(output)
    while reply.startswith('"'):  # JSON in a string of JSON
        try:
            inner = parse_strict(reply)
        except ValueError:
            break
        reply = str(inner).strip()
    fences = [[value for value, *_ in values_in(text)] for text in _fenced(reply)]
    placed = list(values_in(reply))
    ranked = sorted(placed, key=lambda one: (_stands_alone(reply, *one[1:]), one[1]))
    objects = [value for value, *_ in placed if isinstance(value, dict)]
    values = [*chain.from_iterable(fences[::-1]), *(value for value, *_ in ranked[::-1])]
    values += [objects] if objects else []
    for value in chain.from_iterable(map(_opened, values)):
        if resembles(value) and not _deeper(value, _DEPTH):
            return value
    if not placed:
        raise ValueError("the answer is not JSON")
    raise ValueError(f"is not of the form asked for: {json.dumps(values[0])!r:.80}")


def _reply(output: str) -> str:
    reply = final_reply(output).strip().removeprefix("\ufeff")
    if not reply:
        raise ValueError(unread(output, "the answer is empty"))
    if len(reply) > MOST:
        raise ValueError(f"the answer is longer than {MOST:,} characters")
    return reply


def _fenced(reply: str) -> list[str]:
    return [block.text for block in split(reply, _is_json) if block.info is not None]


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a value has lines of its own, or stands behind a colon at the end of one."""
    before = text[text.rfind("\n", 0, start) + 1 : start].strip(" \t>*`_")
    after = text[end : (text.find("\n", end) + 1 or len(text) + 1) - 1].strip(" \t*`_.;")
    return not after and (not before or before.endswith((":", "=")))


def _opened(value: Any) -> Iterator[Any]:
    """A value, and what stands in it where it is only a wrapper."""
    yield value
    if isinstance(value, dict):
        yield from (inner for inner in value.values() if isinstance(inner, dict | list))


def read_json_parts(output: str) -> Any:
    """The JSON of an answer; of one with an object on each line, or that is cut off, a list of its objects.

    Raises ``ValueError`` saying why there is none.
    """
    try:
        return read_json_reply(output).value
    except ValueError:
        reply = final_reply(output)
        values = containers(reply, (dict, list)) if len(reply) <= MOST else []
        if not values:
            raise
        return (
            values[-1] if isinstance(values[-1], list) else [one for one in values if isinstance(one, dict)]
        )


def _value(text: str) -> Any:
    value = parse_strict(text)
    if _deeper(value, _DEPTH):
        raise ValueError(f"nested deeper than {_DEPTH} levels")
    return value


def _deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper(each, levels - 1) for each in inner)


def _is_json(text: str) -> bool:
    try:
        parse_strict(text)
    except ValueError:
        return False
    return True


def containers(text: str, kind: type | tuple[type, ...]) -> list[Any]:
    """The objects or lists in a text that stand in no other, in order."""
    values: list[Any] = []
    end = 0
    for number, start in enumerate(_CONTAINER.finditer(text)):
        if number == _STARTS:
            break
        if start.start() < end:
            continue
        try:
            value, end = parse_strict_at(text, start.start())
        except ValueError:
            continue
        if isinstance(value, kind) and not _deeper(value, _DEPTH):
            values.append(value)
    return values
