"""Tokens as a tree."""

import re
from typing import NamedTuple

from templates.errors import TemplateError
from templates.expressions import Expression
from templates.lexer import tokens


class Text(NamedTuple):
    text: str


class Print(NamedTuple):
    line: int
    value: Expression


class If(NamedTuple):
    line: int
    branches: list  # (expression, nodes); the expression of else is None


class For(NamedTuple):
    line: int
    name: str
    values: Expression
    body: list
    empty: list


class Set(NamedTuple):
    line: int
    name: str
    value: Expression


class Block(NamedTuple):
    name: str


class Include(NamedTuple):
    line: int
    name: Expression


class Template(NamedTuple):
    """``parent`` is the name of the template that this one extends.

    ``blocks`` has, by name, the versions of a block: each the name of its template and its nodes.
    """

    name: str
    parent: str | None
    body: list
    blocks: dict


def parse(name, source):
    """The template in a text."""
    return _Parser(name, source).template()


class _Parser:
    def __init__(self, name, source):
        self.name = name
        self.tokens = tokens(name, source)
        self.place = 0
        self.parent = None
        self.blocks = {}

    def template(self):
        body, _ = self._nodes(())
        return Template(self.name, self.parent, body, self.blocks)

    def _nodes(self, ends, opened=None):
        """The nodes up to one of the tags in ``ends``, and that tag's token."""
        nodes = []
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            self.place += 1
            if token.kind == "text":
                nodes.append(Text(token.text))
            elif token.kind == "print":
                nodes.append(Print(token.line, self._expression(token.text, token.line)))
            else:
                word = token.text.split()[0] if token.text else ""
                if word in ends:
                    return nodes, token
                nodes += self._tag(word, token)
        if opened:
            raise TemplateError(self.name, opened.line, f"{ends[-1]} is missing")
        return nodes, None

    def _tag(self, word, token):
        line, rest = token.line, token.text[len(word) :].strip()
        if word == "if":
            return [If(line, self._branches(token, rest))]
        if word == "for" and (match := re.fullmatch(r"(\w+) in (.+)", rest, re.DOTALL)):
            body, end = self._nodes(("else", "endfor"), token)
            empty = self._nodes(("endfor",), token)[0] if end.text == "else" else []
            return [For(line, match[1], self._expression(match[2], line), body, empty)]
        if word == "set" and (match := re.fullmatch(r"(\w+) = (.+)", rest, re.DOTALL)):
            return [Set(line, match[1], self._expression(match[2], line))]
        if word == "block" and rest.isidentifier():
            if rest in self.blocks:
                raise TemplateError(self.name, line, f"block {rest} stands twice")
            self.blocks[rest] = []
            self.blocks[rest] = [(self.name, self._nodes(("endblock",), token)[0])]
            return [Block(rest)]
        if word == "include" and rest:
            return [Include(line, self._expression(rest, line))]
        if word == "extends" and (match := re.fullmatch(r"\"(.+)\"", rest)):
            self.parent = match[1]
            return []
        raise TemplateError(self.name, line, f"not understood: {token.text}")

    def _branches(self, opened, condition):
        branches = []
        line = opened.line
        while True:
            value = self._expression(condition, line) if condition else None
            nodes, end = self._nodes(("elif", "else", "endif") if condition else ("endif",), opened)
            branches.append((value, nodes))
            word, _, condition = end.text.partition(" ")
            line = end.line
            if word == "endif":
                return branches

    def _expression(self, text, line):
        try:
            return Expression(text)
        except ValueError as error:
            raise TemplateError(self.name, line, str(error)) from None
