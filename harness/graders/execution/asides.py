"""What stands beside a program and must not decide about it: its own main, tests and examples.

Nobody calls them, and a mistake in them is none in the answer. They are blanked out before the program is
compiled, line by line, so that messages name the lines that the model wrote. Which they are is said by each
language (``Syntax.without_asides``); Python's are left to the driver, which runs statements one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tree_sitter import Node


def blanked(code: str, nodes: Iterable[Node]) -> str:
    """``code`` with spaces for these nodes; its lines stay where they were."""
    raw = code.encode(errors="replace")
    blank = bytearray(raw)
    for node in nodes:
        text = raw[node.start_byte : node.end_byte]
        blank[node.start_byte : node.end_byte] = re.sub(rb"[^\n]", b" ", text)
    return blank.decode(errors="replace")
