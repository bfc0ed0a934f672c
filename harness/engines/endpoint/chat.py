"""A request's messages as OpenAI's chat completions take them."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness.messages import CallingMessage, Message, ToolMessage, ToolSpec


def chat(messages: Sequence[Message], images: Sequence[str]) -> list[dict[str, Any]]:
    """The messages, with images before the text of the first question, as parts of its content.

    Raises ``ValueError`` when an image cannot be read.
    """
    turns = [_turn(message) for message in messages]
    if images:
        asked = next((turn for turn in turns if turn["role"] == "user"), turns[0])
        shown = [{"type": "image_url", "image_url": {"url": _data_url(Path(image))}} for image in images]
        asked["content"] = [*shown, {"type": "text", "text": asked["content"]}]
    return turns


def functions(tools: Sequence[ToolSpec]) -> list[dict[str, Any]]:
    """The tools as the endpoint is offered them."""
    return [
        {
            "type": "function",
            "function": {
                "name": tool.name,
                "description": tool.description,
                "parameters": dict(tool.parameters),
            },
        }
        for tool in tools
    ]


def _turn(message: Message) -> dict[str, Any]:
    turn: dict[str, Any] = {"role": message.role, "content": message.content}
    if isinstance(message, CallingMessage):
        call = message.call
        function = {"name": call.name, "arguments": call.arguments}
        turn["tool_calls"] = [{"id": call.id, "type": "function", "function": function}]
    elif isinstance(message, ToolMessage):
        turn["tool_call_id"] = message.call_id
    return turn


def _data_url(image: Path) -> str:
    try:
        data = base64.b64encode(image.read_bytes()).decode()
    except OSError as error:
        raise ValueError(f"cannot read the image {image}: {error.strerror}") from error
    return f"data:{mimetypes.guess_type(image.name)[0] or 'image/png'};base64,{data}"
