"""Gold pairs: answers of which people say which is better, by which a judge is tried before it is believed.

They stand in ``SUITE/judging/gold.yaml``; a suite without that file is judged by the pairs of ``writing``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from harness.comparisonrow import Preferred, Trap
from harness.errors import ConfigError
from harness.filesections import expect_section, read_record
from harness.paths import builtin_suites
from harness.yamlfile import read_yaml

FILE = Path("judging") / "gold.yaml"


@dataclass(frozen=True, slots=True)
class GoldPair:
    """A request with two answers, and which one people prefer.

    Of a ``trap``, the answer that is not preferred says nothing (``null``) or praises itself (``flattery``).
    """

    id: str
    request: str
    a: str
    b: str
    better: Preferred
    trap: Trap | None = None

    @property
    def sha256(self) -> str:
        """The digest of all of it."""
        text = "\0".join((self.request, self.a, self.b, self.better))
        return hashlib.sha256(text.encode()).hexdigest()


def load_gold(suite: Path) -> list[GoldPair]:
    """The gold pairs by which answers to a suite are judged. Raises ``ConfigError``."""
    path = suite / FILE
    if not path.exists():
        path = builtin_suites() / "writing" / FILE
    entries = read_yaml(path)
    if not isinstance(entries, list) or not entries:
        raise ConfigError(f"{path}:1: gold pairs are a list of mappings with id, request, a, b and better")
    pairs: dict[str, GoldPair] = {}
    for entry in entries:
        section = expect_section(entry, f"{path}:1", "a gold pair")
        pair = read_record(GoldPair, section, "the gold pair")
        if pair.id in pairs:
            raise ConfigError(f"{section.where('id')}: the id {pair.id!r:.60} is taken")
        if pair.trap and pair.better == "tie":
            raise ConfigError(f"{section.where('better')}: of a trap one answer is better")
        pairs[pair.id] = pair
    return list(pairs.values())
