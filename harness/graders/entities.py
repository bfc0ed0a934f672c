"""Entities in the forms in which answers list them: JSON of several shapes, lines, tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from harness.graders.jsonreply import MOST, read_json_parts
from harness.graders.reply import final_reply, unread

_ENTITIES = 1_000  # of an answer
_TYPE_KEYS = ("type", "label", "entity_type", "category", "class", "tag", "kind", "entity_group")
_TEXT_KEYS = ("text", "value", "span", "name", "mention", "word", "entity")
_NOTHING = frozenset({"", "none", "n/a", "null", "no entities", "no entities found", "-", "nothing"})
_SIGNS = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
)
_EDGES = " \t\n.,;:!?\"'`*()[]<>"
_BULLET = re.compile(r"^\s*(?:[-*•+]|\d{1,4}[.)]|\|)\s*")
_BETWEEN = re.compile(r",\s+|\s*[;|]\s*")
_TYPED = re.compile(r"(?P<one>[^:|→=]+?)\s*(?:[:|→=]|->)\s*(?P<other>.+)")
_TYPE_BEHIND = re.compile(r"(?P<other>.+?)\s*(?:\((?P<one>[^()]+)\)|\[(?P<in_brackets>[^\[\]]+)\])")


class Entity(NamedTuple):
    """A type (``""`` where it is none that was asked for) and the words, in plain form."""

    type: str
    text: str


def plain(text: str) -> str:
    """Words as they are compared: any letter case, one kind of quotation mark, no punctuation around them."""
    text = unicodedata.normalize("NFKC", text).translate(_SIGNS).casefold()
    return " ".join(text.split()).strip(_EDGES)


def type_name(text: str) -> str:
    """The name of a type as it is compared."""
    return plain(text.replace("_", " "))


def read_entities(output: str, types: Mapping[str, str], stands: Callable[[str], bool]) -> list[Entity]:
    """The entities that an answer lists, each once, in their order.

    ``types`` maps plain names to types; ``stands`` says whether words are in the text, by which lists behind
    a type are told from words with commas. Raises ``ValueError`` where nothing like a list is read.
    """
    reply = final_reply(output).strip()
    if not reply:
        raise ValueError(unread(output, "the answer is empty"))
    if len(reply) > MOST:
        raise ValueError(f"the answer is longer than {MOST:,} characters")
    reader = _Reader(types, stands)
    if (bare := plain(reply)) and bare in _NOTHING:
        return []
    try:
        return _once(reader.of_value(read_json_parts(output)))
    except ValueError as error:
        if entities := _once(reader.of_lines(reply)):
            return entities
        raise ValueError(f"no entities are listed: {error}") from None


def _once(entities: Iterable[Entity]) -> list[Entity]:
    unique = list(dict.fromkeys(entities))
    if len(unique) > _ENTITIES:
        raise ValueError(f"more than {_ENTITIES:,} entities are listed")
    return unique


def _first(entry: Mapping[str, Any], keys: Collection[str]) -> Any:
    """The value under the first of some keys, in any letter case."""
    folded = {key.casefold(): value for key, value in entry.items()}
    return next((folded[key] for key in keys if key in folded), None)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class _Reader:
    def __init__(self, types: Mapping[str, str], stands: Callable[[str], bool]) -> None:
        self._types, self._stands = types, stands

    def of_value(self, value: Any) -> Iterator[Entity]:
        """The entities of a JSON value. Raises ``ValueError`` for what lists none."""
        if isinstance(value, dict):
            yield from self._of_object(value)
            return
        if not isinstance(value, list):
            raise ValueError("the answer is no list of entities")
        for entry in value:
            if isinstance(entry, dict):
                yield from self._of_object(entry)
            elif isinstance(entry, list) and len(entry) == 2 and all(isinstance(part, str) for part in entry):
                yield from self._of_pair(*entry)
            elif isinstance(entry, str) and len(set(self._types.values())) == 1:
                yield from self._named(next(iter(self._types.values())), entry)
            else:
                raise ValueError(f"is no entity with type and text: {entry!r:.80}")

    def _of_object(self, entry: Mapping[str, Any]) -> Iterator[Entity]:
        """One entity, texts by type, or an object around either."""
        name, texts = _first(entry, _TYPE_KEYS), _listed(_first(entry, _TEXT_KEYS))
        inner = [value for value in entry.values() if isinstance(value, dict | list)]
        if isinstance(name, str) and texts and all(isinstance(text, str) for text in texts):
            for text in texts:
                yield from self._named(self._type(name), text)
        elif any(map(self._type, entry)):
            for key, values in entry.items():
                for value in _listed(values):
                    text = _first(value, _TEXT_KEYS) if isinstance(value, dict) else value
                    yield from self._named(self._type(key), "" if text is None else str(text))
        elif len(inner) == 1:
            yield from self.of_value(inner[0])
        else:
            raise ValueError(f"is no entity with type and text: {entry!r:.80}")

    def of_lines(self, text: str) -> Iterator[Entity]:
        """Of lines such as ``person: Ada``, ``- Ada (person)``, rows of a table, and lists below a type."""
        above = ""
        for line in text.splitlines():
            bare = _BULLET.sub("", " ".join(line.replace("\t", " | ").split())).strip(" |*`#")
            if of := self._type(bare):
                above = of
                continue
            match = _TYPED.fullmatch(bare) or _TYPE_BEHIND.fullmatch(bare)
            parts = match.groupdict() if match else {}
            one, other = parts.get("one") or parts.get("in_brackets") or "", parts.get("other") or ""
            if self._type(one) or self._type(other):
                yield from self._of_pair(one, other)
            elif above and _BULLET.match(line):
                yield from self._named(above, bare)

    def _of_pair(self, one: str, other: str) -> Iterator[Entity]:
        """A type and a text, whichever stands first; behind a type there may be several texts."""
        of, text = (one, other) if self._type(one) or not self._type(other) else (other, one)
        if self._type(text):  # the head of a table
            return
        whole = self._stands(plain(text))
        for each in [text] if whole else _BETWEEN.split(text):
            yield from self._named(self._type(of), each)

    def _named(self, of: str, text: str) -> Iterator[Entity]:
        if plain(text) not in _NOTHING:
            yield Entity(of, plain(text))

    def _type(self, name: str) -> str:
        """The type that a name stands for, in the singular or the plural; empty for none."""
        name = type_name(name)
        return self._types.get(name) or self._types.get(name.removesuffix("s")) or ""
