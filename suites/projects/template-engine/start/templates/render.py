"""Templates and values as text."""

from typing import NamedTuple

from templates.errors import TemplateError
from templates.parser import Block, For, If, Print, Set, Text, parse
from templates.values import UNDEFINED, Safe, as_text, escape


class Environment:
    """Templates by name; each is parsed once."""

    def __init__(self, sources):
        self.sources = sources
        self._parsed = {}

    def render(self, name, values):
        """The text of a template."""
        return _Rendering(self, self._chain(name), [values]).text()

    def _chain(self, name):
        """A template and those that it extends, the outermost last."""
        chain = []
        user, line = name, 1
        while name is not None:
            if name not in self._parsed:
                if name not in self.sources:
                    raise TemplateError(user, line, f"there is no template {name}")
                self._parsed[name] = parse(name, self.sources[name])
            chain.append(self._parsed[name])
            user, name = name, chain[-1].parent
        return chain


class _Super(NamedTuple):
    """The version of a block below the one that is written."""

    block: str
    level: int


class _Rendering:
    def __init__(self, environment, chain, frames):
        self.environment = environment
        self.frames = [*frames, {}]
        self.body = chain[-1].body
        self.blocks = chain[-1].blocks
        for template in reversed(chain[:-1]):
            for name, versions in template.blocks.items():
                self.blocks[name] = versions + self.blocks.get(name, [])
        self.name = chain[-1].name
        self.parts = []

    def text(self):
        self._write(self.body)
        return "".join(self.parts)

    def get(self, name, default):
        """The value of a name, in the innermost frame that has it."""
        for frame in self.frames:
            if name in frame:
                value = frame[name]
                return self._inherited(*value) if isinstance(value, _Super) else value
        return default

    def _value(self, line, expression):
        try:
            return expression.value(self)
        except TypeError as error:
            raise TemplateError(self.name, line, str(error)) from None

    def _write(self, nodes):
        for node in nodes:
            if isinstance(node, Text):
                self.parts.append(node.text)
            elif isinstance(node, Print):
                self.parts.append(escape(as_text(self._value(node.line, node.value))))
            elif isinstance(node, If):
                self._if(node)
            elif isinstance(node, For):
                self._for(node)
            elif isinstance(node, Set):
                self.frames[-1][node.name] = self._value(node.line, node.value)
            elif isinstance(node, Block):
                self._block(node.name, 0)
            else:
                self._include(node)

    def _if(self, node):
        for condition, nodes in node.branches:
            if condition is None or self._value(node.line, condition):
                self._write(nodes)
                return

    def _for(self, node):
        values = list(self._value(node.line, node.values))
        for number, value in enumerate(values, 1):
            loop = {"number": number, "first": number == 1, "last": number == len(values)}
            self.frames.append({node.name: value, "loop": loop})
            self._write(node.body)
            self.frames.pop()
        if not values:
            self._write(node.empty)

    def _block(self, name, level):
        """Write a version of a block, the innermost template's being 0."""
        outside = self.name
        self.name, nodes = self.blocks[name][level]
        self.frames.append({"super": _Super(name, level + 1)})
        self._write(nodes)
        self.frames.pop()
        self.name = outside

    def _inherited(self, name, level):
        if level == len(self.blocks[name]):
            return UNDEFINED
        parts, self.parts = self.parts, []
        self._block(name, level)
        text = Safe("".join(self.parts))
        self.parts = parts
        return text

    def _include(self, node):
        name = as_text(self._value(node.line, node.name))
        if name not in self.environment.sources:
            raise TemplateError(self.name, node.line, f"there is no template {name}")
        chain = self.environment._chain(name)
        self.parts.append(_Rendering(self.environment, chain, self.frames).text())
