"""A request's messages as OpenAI's chat completions take them."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness.records import Message


def chat(messages: Sequence[Message], images: Sequence[str]) -> list[dict[str, Any]]:
    """The messages, with images before the text of the first question, as parts of its content.

    Raises ``ValueError`` when an image cannot be read.
    """
    turns: list[dict[str, Any]] = [{"role": turn.role, "content": turn.content} for turn in messages]
    if images:
        asked = next((turn for turn in turns if turn["role"] == "user"), turns[0])
        shown = [{"type": "image_url", "image_url": {"url": _data_url(Path(image))}} for image in images]
        asked["content"] = [*shown, {"type": "text", "text": asked["content"]}]
    return turns


def _data_url(image: Path) -> str:
    try:
        data = base64.b64encode(image.read_bytes()).decode()
    except OSError as error:
        raise ValueError(f"cannot read the image {image}: {error.strerror}") from error
    return f"data:{mimetypes.guess_type(image.name)[0] or 'image/png'};base64,{data}"
