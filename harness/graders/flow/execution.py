"""A flow at work."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from harness.graders.flow.values import (
    COMPARED,
    SIZE,
    FlowError,
    bounded,
    condition_of,
    copied,
    parts_of,
    text_of,
)

_STEPS, _EFFECTS = 1_000, 100  # of one execution


class Step(Protocol):
    """A node as its execution sees it."""

    def execute(self, at_work: Execution) -> str | None:
        """Do what the node does; the name of the node that follows."""
        ...


@dataclass(slots=True)
class Execution:
    """The nodes of a flow, its data, the effects so far, and the steps that are left."""

    nodes: Mapping[str, Step]
    data: dict[str, Any]
    effects: list[dict[str, Any]] = field(default_factory=list)
    left: int = _STEPS

    def run(self, at: str | None) -> None:
        """Execute the node ``at`` and those that follow it, to the end of the chain."""
        while at is not None:
            self.step()
            at = self.nodes[at].execute(self)

    def step(self) -> None:
        """Count a step. Raises ``FlowError`` where none is left."""
        self.left -= 1
        if self.left < 0:
            raise FlowError(f"the flow takes more than {_STEPS:,} steps")

    def get(self, path: str) -> Any:
        """What stands at a path of the data; ``None`` where nothing does."""
        value: Any = self.data
        for part in parts_of(path):
            if isinstance(value, Mapping):
                value = value.get(part)
            elif isinstance(value, list) and part.isascii() and part.isdigit() and len(part) < 6:
                value = value[int(part)] if int(part) < len(value) else None
            else:
                return None
        return value

    def put(self, path: str, value: Any) -> None:
        """Write a copy of ``value`` at a path of the data."""
        *parents, last = parts_of(path)
        target: Any = self.data
        for part in parents:
            if not isinstance(target, dict):
                break
            target = target.setdefault(part, {})
        if not isinstance(target, dict):
            raise FlowError(f"{path!r} leads through something that is no object")
        target[last] = copied(value)
        bounded(self.data)

    def value(self, template: Any) -> Any:
        """A value of a node with its ``{{path}}`` filled in."""
        if isinstance(template, Mapping):
            return {key: self.value(inner) for key, inner in template.items()}
        if isinstance(template, list):
            return [self.value(inner) for inner in template]
        if not isinstance(template, str) or "{{" not in template:
            return template
        parts = [part.partition("}}") for part in template.split("{{")]
        if len(parts) == 2 and not parts[0][0] and parts[1][1] and not parts[1][2]:
            return self.get(parts[1][0].strip())
        text = parts[0][0]
        for path, closed, rest in parts[1:]:
            if not closed:
                raise FlowError(f"{{{{ without }}}} in {template!r:.60}")
            text += text_of(self.get(path.strip())) + rest
            if len(text) > SIZE:
                raise FlowError("a text is too long")
        return text

    def items(self, path: str) -> list[Any]:
        """The list at a path."""
        value = self.get(path)
        if not isinstance(value, list):
            raise FlowError(f"{path!r} is no list")
        return value

    def effect(self, **effect: Any) -> None:
        """Note what the flow does to the world."""
        bounded(effect)
        self.effects.append(effect)
        if len(self.effects) > _EFFECTS:
            raise FlowError(f"the flow has more than {_EFFECTS} effects")

    def holds(self, condition: Mapping[str, Any]) -> bool:
        """Whether a condition is true of the data."""
        match dict(condition):
            case {"all": list(parts), **rest} if not rest:
                return all(self.holds(condition_of(part)) for part in parts)
            case {"any": list(parts), **rest} if not rest:
                return any(self.holds(condition_of(part)) for part in parts)
            case {"not": part, **rest} if not rest:
                return not self.holds(condition_of(part))
            case {"left": left, "op": "empty", **rest} if not rest.keys() - {"right"}:
                return self.value(left) in (None, "", [], {})
            case {"left": left, "op": str(op), "right": right, **rest} if not rest and op in COMPARED:
                return COMPARED[op](self.value(left), self.value(right))
        raise FlowError(f"no condition: {json.dumps(condition, default=str):.80}")
