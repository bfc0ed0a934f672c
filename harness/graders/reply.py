"""What a model finally says, without the reasoning it shows on the way."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)(?:think|thinking|reasoning)>", re.IGNORECASE)


def final_reply(output: str) -> str:
    """``output`` without ``<think>…</think>`` blocks.

    A block that never closes has no answer after it. A closing tag without an opening one
    means that the chat template opened the block, so everything before it goes.
    """
    kept: list[str] = []
    depth = position = 0
    for tag in _TAG.finditer(output):
        if depth == 0:
            kept.append(output[position : tag.start()])
        if not tag[1]:
            depth += 1
        elif depth:
            depth -= 1
        else:
            kept.clear()
        position = tag.end()
    if depth == 0:
        kept.append(output[position:])
    return "".join(kept)
