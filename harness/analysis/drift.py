"""Does a committed guide still say what its runs say? It names them; made again, it must be the same."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from harness import __version__
from harness.analysis.standings import Standings
from harness.errors import ResultsError

_STAMP = re.compile(r"^<!-- harness report (\{.*\}) -->$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Drift:
    """Lines that differ, from number ``line`` of the committed text on; either side may have none."""

    line: int
    committed: tuple[str, ...]
    fresh: tuple[str, ...]


def stamp(standings: Standings) -> str:
    """From what a guide was made, as a comment: runs, digest of their rows, version."""
    runs = [run.run_id for run in standings.runs]
    text = json.dumps({"runs": runs, "data": standings.data_sha256, "harness": __version__})
    return f"<!-- harness report {text.replace('>', chr(92) + 'u003e')} -->"


def stamped_runs(text: str) -> tuple[str, ...]:
    """The run ids in the stamp of a guide; raises ``ResultsError`` when it has none."""
    match = _STAMP.search(text)
    if not match:
        raise ResultsError("the guide does not say from which runs it was made; `harness report` makes one")
    return tuple(json.loads(match[1])["runs"])


def drift(committed: str, fresh: str) -> tuple[Drift, ...]:
    """Where the two texts differ, line by line. Stamps are equal if the rows are; the version may differ."""
    old, new = (_unversioned(text).splitlines() for text in (committed, fresh))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        Drift(a + 1, tuple(old[a:b]), tuple(new[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    )


def _unversioned(text: str) -> str:
    return _STAMP.sub(lambda match: re.sub(r', "harness": "[^"]*"', "", match[0]), text)
