"""The JSON in an answer: by itself, in a fence, or (where a grader allows it) among prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from harness.graders.execution.blocks import split
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
    around: Literal["nothing", "fence", "prose"]


def read_json_reply(output: str, among_prose: type | tuple[type, ...] | None = None) -> JsonReply:
    """The JSON of an answer, read to the letter (``jsontext.parse_strict``).

    It is the whole answer, or the last fenced block that is JSON. With ``among_prose`` (``dict``, ``list``
    or both) the last object or list that stands in the text serves too. Raises ``ValueError`` saying why
    there is none.
    """
    reply = final_reply(output).strip().removeprefix("\ufeff")
    if not reply:
        raise ValueError(unread(output, "the answer is empty"))
    if len(reply) > MOST:
        raise ValueError(f"the answer is longer than {MOST:,} characters")
    try:
        return JsonReply(_value(reply), "nothing")
    except ValueError as error:
        reason = str(error)
    fenced = [block.text for block in split(reply, _is_json) if block.info is not None]
    for text in reversed(fenced):
        try:
            return JsonReply(_value(text), "fence")
        except ValueError as error:
            reason = reason if text is not fenced[-1] else str(error)
    if among_prose is not None and (values := containers(reply, among_prose)):
        return JsonReply(values[-1], "prose")
    raise ValueError(f"the answer is not JSON: {reason}")


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
