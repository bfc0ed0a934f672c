"""What is said in a chat: messages, and calls of tools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat: ``role`` is ``system``, ``user`` or ``assistant``."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool that a model may call; ``parameters`` is a JSON Schema."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A model's call of a tool; ``arguments`` are as it wrote them, JSON if all is well."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class CallingMessage(Message):
    """What a model said, if anything, and the tool that it called."""

    call: ToolCall


@dataclass(frozen=True, slots=True)
class ToolMessage(Message):
    """What came of a call; ``call_id`` is the call's."""

    call_id: str
