"""The nodes of flows: one class each, whose fields are the keys that a node of its type has."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from harness.graders.flow.execution import Execution
from harness.graders.flow.values import FlowError, computed, field_of, is_number, number_of, text_of


@dataclass(frozen=True, slots=True)
class Node:
    """What all nodes have: the node that follows, or none."""

    next: str | None = None

    def execute(self, at_work: Execution) -> str | None:
        """Do what the node does; the node that follows."""
        raise NotImplementedError

    def targets(self) -> Iterator[str | None]:
        """The nodes that it names."""
        yield self.next


@dataclass(frozen=True, slots=True, kw_only=True)
class Set(Node):
    """Writes values at paths."""

    values: Mapping[str, Any]

    def execute(self, at_work: Execution) -> str | None:
        """All values are computed before the first is written."""
        for path, value in {path: at_work.value(value) for path, value in self.values.items()}.items():
            at_work.put(path, value)
        return self.next


@dataclass(frozen=True, slots=True, kw_only=True)
class Compute(Node):
    """Arithmetic."""

    op: Literal["add", "subtract", "multiply", "divide", "round", "min", "max"]
    args: tuple[Any, ...]
    into: str

    def execute(self, at_work: Execution) -> str | None:
        """``round`` takes a number and how many digits, and rounds halves away from zero."""
        at_work.put(self.into, computed(self.op, [number_of(at_work.value(arg)) for arg in self.args]))
        return self.next


@dataclass(frozen=True, slots=True, kw_only=True)
class If(Node):
    """Goes on with one of two nodes."""

    when: Mapping[str, Any]
    then: str | None = None
    otherwise: str | None = None

    def execute(self, at_work: Execution) -> str | None:
        """``next`` follows where the branch that is taken is not given."""
        return (self.then if at_work.holds(self.when) else self.otherwise) or self.next

    def targets(self) -> Iterator[str | None]:
        """Both branches, and what follows."""
        yield from (self.then, self.otherwise, self.next)


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(Node):
    """Goes on with the node of a value."""

    on: Any
    cases: Mapping[str, Any]
    default: str | None = None

    def execute(self, at_work: Execution) -> str | None:
        """``next`` follows where neither a case nor ``default`` does."""
        return self.cases.get(text_of(at_work.value(self.on)), self.default) or self.next

    def targets(self) -> Iterator[str | None]:
        """The nodes of all cases, the default, and what follows."""
        yield from (*self.cases.values(), self.default, self.next)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Node):
    """Keeps the items for which a condition holds."""

    list: str
    item: str
    when: Mapping[str, Any]
    into: str

    def execute(self, at_work: Execution) -> str | None:
        """While its condition is looked at, an item stands at the path ``item``."""
        kept = []
        for item in at_work.items(self.list).copy():
            at_work.step()
            at_work.put(self.item, item)
            if at_work.holds(self.when):
                kept.append(item)
        at_work.put(self.into, kept)
        return self.next


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort(Node):
    """Sorts items by a field of theirs; equals stay in their order."""

    list: str
    by: str
    order: Literal["ascending", "descending"] = "ascending"
    into: str

    def execute(self, at_work: Execution) -> str | None:
        """The fields must be all numbers or all texts."""
        items = at_work.items(self.list)
        keys = [field_of(item, self.by) for item in items]
        if not (all(map(is_number, keys)) or all(isinstance(key, str) for key in keys)):
            raise FlowError(f"{self.by!r} is not in every item a number, or in every item a text")
        places = sorted(range(len(keys)), key=keys.__getitem__, reverse=self.order == "descending")
        at_work.put(self.into, [items[place] for place in places])
        return self.next


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Node):
    """Keeps the first items."""

    list: str
    count: Any
    into: str

    def execute(self, at_work: Execution) -> str | None:
        """``count`` may be a path."""
        at_work.put(self.into, at_work.items(self.list)[: max(0, int(number_of(at_work.value(self.count))))])
        return self.next


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(Node):
    """One number of a list."""

    list: str
    op: Literal["count", "sum", "min", "max"]
    of: str | None = None
    into: str

    def execute(self, at_work: Execution) -> str | None:
        """``of`` is a field of the items; without it they are numbers themselves. No items: 0."""
        items = at_work.items(self.list)
        if self.op == "count":
            at_work.put(self.into, len(items))
            return self.next
        numbers = [number_of(item if self.of is None else field_of(item, self.of)) for item in items]
        at_work.put(self.into, computed("add" if self.op == "sum" else self.op, numbers or [0]))
        return self.next


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Node):
    """Items that share the text or number of a field: ``[{"key": …, "items": […]}]``."""

    list: str
    by: str
    into: str

    def execute(self, at_work: Execution) -> str | None:
        """Groups are in the order in which their keys first occur."""
        groups: dict[str, dict[str, Any]] = {}
        for item in at_work.items(self.list):
            key = field_of(item, self.by)
            groups.setdefault(json.dumps(key), {"key": key, "items": []})["items"].append(item)
        at_work.put(self.into, [*groups.values()])
        return self.next


@dataclass(frozen=True, slots=True, kw_only=True)
class Each(Node):
    """Runs a chain of nodes for every item."""

    list: str
    item: str
    do: str

    def execute(self, at_work: Execution) -> str | None:
        """The item stands at the path ``item``; the chain ends where no node follows."""
        for item in at_work.items(self.list).copy():
            at_work.put(self.item, item)
            at_work.run(self.do)
        return self.next

    def targets(self) -> Iterator[str | None]:
        """The chain, and what follows."""
        yield from (self.do, self.next)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    """Calls an address: an effect."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    url: str
    body: Any = None

    def execute(self, at_work: Execution) -> str | None:
        """There is no answer: the effect is all."""
        at_work.effect(call=self.method, url=text_of(at_work.value(self.url)), body=at_work.value(self.body))
        return self.next


@dataclass(frozen=True, slots=True, kw_only=True)
class Send(Node):
    """Sends a message: an effect."""

    channel: Literal["email", "chat", "sms"]
    to: str
    text: str

    def execute(self, at_work: Execution) -> str | None:
        """To whom and what are texts."""
        at_work.effect(
            send=self.channel, to=text_of(at_work.value(self.to)), text=text_of(at_work.value(self.text))
        )
        return self.next


NODES: Mapping[str, type[Node]] = {
    "set": Set,
    "compute": Compute,
    "if": If,
    "switch": Switch,
    "filter": Filter,
    "sort": Sort,
    "limit": Limit,
    "total": Total,
    "group": Group,
    "each": Each,
    "call": Call,
    "send": Send,
}
