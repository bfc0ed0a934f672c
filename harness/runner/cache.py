"""Answers that were given before to exactly the same question: off unless asked for.

The key covers everything that determines an answer: who answers (engine, address, name,
file digest), what is asked, how it is sampled, and the seed. An answer from it is a replay: it
costs nothing, and its times, which are those of the original, count in no speed figure.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import asdict
from pathlib import Path
from typing import Any

from harness.errors import ResultsError
from harness.messages import ToolCall
from harness.models.enginekinds import kind_of
from harness.paths import cache_folder
from harness.records import Completion, ModelSpec, Request

_NOT_ANSWER = ("sample_id", "suite", "task_id", "repeat", "timeout_s")  # the seed tells repeats apart
_NOT_KEPT = ("queue_s", "attempts", "timing", "failure", "quota")


def default_path() -> Path:
    """``$XDG_CACHE_HOME/harness/answers.sqlite``."""
    return cache_folder() / "answers.sqlite"


def key_of(spec: ModelSpec, revision: str | None, request: Request) -> str:
    """64 hex digits that are equal when, and only when, the same is asked of the same model."""
    asked = {name: value for name, value in asdict(request).items() if name not in _NOT_ANSWER}
    if not kind_of(spec.engine).routes:
        del asked["task_type"]
    for name in ("tools", "raw", "grammar"):
        if not asked[name]:
            del asked[name]  # so that answers from before there was such a thing are still answers
    asked["images"] = [hashlib.sha256(Path(image).read_bytes()).hexdigest() for image in request.images]
    who = [
        spec.engine,
        spec.provider,
        spec.base_url,
        spec.model,
        spec.mmproj,
        spec.context,
        dict(spec.params),
        spec.command,
        revision,
    ]
    text = json.dumps([who, asked], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


class AnswerCache:
    """One SQLite file, shared by runs that go on at once. Only answers are kept, never failures."""

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises ``ResultsError``."""
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT) WITHOUT ROWID"
            )
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from error

    def get(self, key: str) -> Completion | None:
        """The answer under ``key``, as a replay."""
        try:
            stored = self._db.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        return _replay(json.loads(stored[0])) if stored else None

    def put(self, key: str, completion: Completion) -> None:
        """Keep an answer. One that failed is no answer."""
        if completion.failure is not None:
            return
        kept = {name: value for name, value in asdict(completion).items() if name not in _NOT_KEPT}
        try:
            self._db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (key, json.dumps(kept)))
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _unusable(self, error: Exception) -> ResultsError:
        return ResultsError(
            f"the cache {self._path} cannot be used: {error}; delete it, or leave --cache out"
        )


def _replay(kept: dict[str, Any]) -> Completion:
    """JSON knows no tuples; a completion knows no lists."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
    }
    if call := values.get("call"):
        values["call"] = ToolCall(**call)
    return Completion(**values, timing="replayed")
