"""Characters that a reader does not see, but a terminal, an editor or a parser obeys.

Controls beyond ASCII's, marks that turn the direction of writing, line ends that few know, and what takes no
room and so can hide a word. Where text is written in a form that has escapes, they are written as such.
"""

from __future__ import annotations

import re

UNSEEN = re.compile(
    "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
