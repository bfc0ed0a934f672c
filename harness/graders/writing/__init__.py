"""What of a written text can be checked without a judge: its kinds of checks, named here.

A check is a frozen dataclass whose fields are the options of task files, with ``flaw(text)``: why the text
does not pass it, or ``None``.
"""

from __future__ import annotations

from typing import Protocol

from harness.graders.writing import content, form
from harness.graders.writing.text import WrittenText

CHECKS = {
    "length": form.Length,
    "headings": form.Headings,
    "items": form.Items,
    "table": form.TableForm,
    "frame": form.Frame,
    "matches": form.Matches,
    "plain": form.Plain,
    "case": form.LetterCase,
    "order": form.Order,
    "facts": content.Facts,
    "lacks": content.Lacks,
    "times": content.Times,
    "language": content.Language,
    "reading": content.Reading,
    "own_words": content.OwnWords,
    "no_repeats": content.NoRepeats,
}


class TextCheck(Protocol):
    """One property of a text, built from its options."""

    def flaw(self, text: WrittenText) -> str | None:
        """Why the text does not pass, in words that follow "since"; ``None`` where it does."""
        ...
