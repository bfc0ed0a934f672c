"""Sentences from templates: ``(a|b)`` chooses one, ``<name>`` draws from a word list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

TOKEN = re.compile(r"[(|)]|<\w+>|[^(|)<]+")
Alternatives = list[list[object]]  # each alternative: strings, list names and nested alternatives


@dataclass(frozen=True)
class ListName:
    """A place that a word list fills."""

    name: str


@dataclass
class Grammar:
    """Word lists by name; their entries may be templates themselves."""

    lists: Mapping[str, list[str]]
    parsed: dict[str, Alternatives] = field(default_factory=dict)

    def expand(self, rng: Random, template: str) -> str:
        """One random sentence of a template."""
        if template not in self.parsed:
            self.parsed[template] = parse(template)
        return "".join(self._draw(rng, self.parsed[template]))

    def _draw(self, rng: Random, alternatives: Alternatives) -> list[str]:
        chosen = alternatives[int(rng.random() * len(alternatives))]
        words: list[str] = []
        for part in chosen:
            if isinstance(part, str):
                words.append(part)
            elif isinstance(part, ListName):
                words.append(self.expand(rng, rng.choice(self.lists[part.name])))
            elif isinstance(part, list):
                words.extend(self._draw(rng, part))
        return words


def parse(template: str) -> Alternatives:
    """Nested alternatives of a template; unbalanced brackets are a ValueError."""
    stack: list[Alternatives] = [[[]]]
    for token in TOKEN.findall(template):
        if token == "(":
            stack.append([[]])
        elif token == "|":
            stack[-1].append([])
        elif token == ")":
            if len(stack) == 1:
                raise ValueError(f"unbalanced ')' in {template!r}")
            group = stack.pop()
            stack[-1][-1].append(group)
        else:
            stack[-1][-1].append(ListName(token[1:-1]) if token.startswith("<") else token)
    if len(stack) != 1:
        raise ValueError(f"unbalanced '(' in {template!r}")
    return stack[0]


def lines(text: str) -> list[str]:
    """The non-empty lines of a block."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def words(text: str) -> list[str]:
    """The comma-separated entries of a block."""
    return [entry.strip() for entry in text.replace("\n", " ").split(",") if entry.strip()]
