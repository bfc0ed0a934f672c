"""One sample that somebody else took, and what reading such files has in common."""

from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.files import open_bounded
from harness.jsontext import read_json, read_json_lines
from harness.records import Measure

MOST = 1 << 30  # bytes of a results file that has to be read at once
JSON, YAML = (".json", ".jsonl", ".ndjson"), (".yaml", ".yml")
_PACKED = (".gz", ".zst")
_DIGITS = 12  # behind the point, of a score: more are rounding errors
_SCALES = "say what full marks are: --scale 10, --scale 100"
_WORDS = {"C": 1.0, "P": 0.5, "I": 0.0, "N": 0.0}  # Inspect: correct, partial, incorrect, no answer
_TRUE = frozenset(
    (*("true", "yes", "y", "t", "pass", "passed", "correct", "ok"), *("wahr", "vrai", "verdadero", "vero"))
)
_FALSE = frozenset(
    (*("false", "no", "n", "f", "fail", "failed", "incorrect", "wrong"), *("falsch", "faux", "falso"))
)
_PERCENT = re.compile(r"(\S+?)\s*%")
_SHARE = re.compile(r"([\d.]+)\s*/\s*(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class ImportedSample:
    """What another tool's file says of a sample; what it does not say is ``None``. Seconds, tokens, USD."""

    suite: str
    task_id: str
    model: str
    question: str = ""  # what tells a version of the task from another
    repeat: int | None = None  # None: the next of this task and model
    passed: bool | None = None
    score: float | None = None  # 0..1
    grader: str | None = None
    error: str | None = None  # set: the sample failed, and has no score
    output: str | None = None
    finish_reason: str | None = None
    started_at: str | None = None  # ISO 8601, UTC
    latency_s: float | None = None
    ttft_s: float | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    reasoning_tokens: int | None = None
    cached_tokens: int | None = None
    cost_usd: float | None = None
    category: str | None = None
    language: str | None = None
    difficulty: str | None = None
    role: str | None = None
    provider: str | None = None
    task_type: str | None = None
    sample: str | None = None  # the tool's own id of this very sample: met again, it is the same
    total_of: int | None = None  # set: no sample, but the total of so many


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user says of files that leave it open, and where remarks on them go.

    ``scorer`` is the one that counts of several, ``scale`` the best score of numbers that are not 0..1,
    ``pass_at`` the score (0..1) from which a sample passes, whatever the file says of passing, ``measure``
    what models are compared by.
    """

    scorer: str | None = None
    scale: float | None = None
    pass_at: float | None = None
    measure: Measure | None = None
    remark: Callable[[str], None] = lambda _: None

    def judged(
        self, value: object, where: str, passed: bool | None = None
    ) -> tuple[bool | None, float | None]:
        """``passed`` and ``score`` (0..1) of a score as tools write it; neither where it is none.

        Without ``pass_at`` a sample passes as the file says (``passed``), else with the full score.
        Raises ``ConfigError`` for a number that is not on a known scale.
        """
        score = self._score(value, where)
        if score is None:
            return passed, None if passed is None else float(passed)
        if self.pass_at is not None:
            return score >= self.pass_at, score
        return score == 1.0 if passed is None else passed, score

    def _score(self, value: object, where: str) -> float | None:
        share = _share(value)
        bare = number(_plain(value)) if share is None else None
        if bare is not None:
            share = bare / (self.scale or 1.0)
        if share is None:
            return None
        share = round(share, _DIGITS) + 0.0  # what was added up from parts is often a hair off; -0.0 is 0
        if bare is not None and share > 1 and self.scale is None:
            raise ConfigError(f"{where}: the score {value} is more than 1; {_SCALES}")
        if not 0 <= share <= 1:
            raise ConfigError(f"{where}: the score {value} is not within 0 to {self.scale or 1:g}")
        return share


AS_WRITTEN = Choices()


class ResultsFile:
    """A results file; what is read of it once is kept."""

    def __init__(self, path: Path) -> None:
        """Nothing is read yet."""
        self.path = path

    @property
    def name(self) -> str:
        """The file's name without what says how it is packed."""
        name = self.path.name
        return name[: -len(self.path.suffix)] if self.path.suffix in _PACKED else name

    @property
    def stem(self) -> str:
        """The file's name without endings."""
        return Path(self.name).stem

    @property
    def is_json(self) -> bool:
        """Whether the file is JSON or JSON Lines, by its name or since an object is what it begins with."""
        if self.name.endswith((*JSON, *YAML)):
            return self.name.endswith(JSON)
        return self._beginning.startswith(b"{")

    @cached_property
    def value(self) -> Any:
        """The file as one JSON text. Raises ``ConfigError`` naming file and line."""
        return read_json(self.path, MOST)

    def items(self) -> Iterator[tuple[str, Any]]:
        """``file:line`` and value of each line of JSON; of a file that is one list, each member.

        Tools give both endings to both. Raises ``ConfigError`` naming file and line.
        """
        if not self._is_list:
            yield from ((f"{self.path}:{line}", value) for line, value in read_json_lines(self.path))
        elif isinstance(self.value, list):
            yield from ((f"{self.path}: item {number}", value) for number, value in enumerate(self.value, 1))

    def first(self) -> Any:
        """The first item of a file of items, the whole of any other. Raises ``ConfigError``."""
        try:
            return next(self.items(), ("", None))[1]
        except ConfigError:
            return self.value

    @property
    def _is_list(self) -> bool:
        return self._beginning.startswith(b"[")

    @cached_property
    def _beginning(self) -> bytes:
        with open_bounded(self.path) as file:
            return file.read(256).removeprefix(codecs.BOM_UTF8).lstrip()


def _share(value: object) -> float | None:
    """What is a share of the full score by itself: true, ``C``, ``yes``, ``85 %``, ``7/10``."""
    if isinstance(value, bool):
        return float(value)
    if not isinstance(value, str):
        return None
    words = value.strip()
    if words in _WORDS:
        return _WORDS[words]
    if (yes := truth(words)) is not None:
        return float(yes)
    if percent := _PERCENT.fullmatch(words):
        part, whole = number(_plain(percent[1])), 100.0
    elif share := _SHARE.fullmatch(words):
        part, whole = number(_plain(share[1])), float(share[2])
    else:
        return None
    return None if part is None or not whole else part / whole


def truth(words: str) -> bool | None:
    """What the words that tools and spreadsheets have for true and false mean, in any case."""
    lower = words.lower()
    return True if lower in _TRUE else False if lower in _FALSE else None


def _plain(value: object) -> object:
    """Text that is a number, as one."""
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        return None


def mapping(value: object) -> Mapping[str, Any]:
    """``value`` if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def listing(value: object) -> list[Any]:
    """``value`` if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def number(value: object) -> float | None:
    """A finite number, or ``None``. Booleans are no numbers."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return None


def count(value: object) -> int | None:
    """A whole number from 0, or ``None``."""
    return value if type(value) is int and value >= 0 else None


def text(value: object) -> str | None:
    """Text, or ``None``; anything else as JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def utc(value: object) -> str | None:
    """A moment as ISO 8601 in UTC; ``None`` where it is none.

    Known are ISO 8601 in any zone (without one it is taken as UTC), and seconds or milliseconds since 1970.
    """
    try:
        seconds = number(_plain(value))
        if seconds is not None:
            moment = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
        elif isinstance(value, str):
            moment = datetime.fromisoformat(value.strip())
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    return moment.isoformat(timespec="milliseconds")
