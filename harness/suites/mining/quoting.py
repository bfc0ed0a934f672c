"""Whether a description of a task gives its solution away, by the tokens that they share."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TOKEN = re.compile(r"\w+|[^\w\s]")
_RUN = 10  # tokens in a row that no description shares with code by accident
_SHARE, _GRAM = 0.25, 4  # of the solution's short runs, in a description that tells it piece by piece


def quotes(description: str, added: Sequence[str]) -> str | None:
    """How a text quotes the lines that a solution adds; ``None`` where it does not.

    A declaration that stands in the text with its name and parameters is no quotation: lines are compared
    by runs of tokens, spaces and line ends do not count.
    """
    words = _TOKEN.findall(description)
    solution = _TOKEN.findall("\n".join(added))
    runs = _runs(solution, _RUN)
    for at in range(len(words) - _RUN + 1):
        run = tuple(words[at : at + _RUN])
        if run in runs and sum(1 for token in run if token[0].isalnum() or token[0] == "_") >= _RUN // 2:
            return f"it has {_RUN} tokens of the solution in a row: {' '.join(run)!r:.90}"
    pieces = _runs(solution, _GRAM)
    share = len(pieces & _runs(words, _GRAM)) / len(pieces) if len(pieces) >= _RUN else 0.0
    return f"it has {share:.0%} of the solution's pieces" if share > _SHARE else None


def _runs(tokens: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(tokens[at : at + length]) for at in range(len(tokens) - length + 1)}
