"""A content-addressed cache of verdicts: the same code under the same cases is judged once.

``HARNESS_VERDICT_CACHE=off`` switches it off. It lies in ``$XDG_CACHE_HOME/harness``
(default ``~/.cache/harness``); deleting it loses nothing but time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

from harness.paths import cache_folder
from harness.records import Verdict

# What the same program would do again. A timeout, a crash or a full memory may be the machine's doing.
_LASTING = (None, "wrong_answer", "compile_error")


class VerdictCache:
    """Verdicts by key, in one SQLite file; usable from many threads and processes.

    A file that cannot be used is no cache: nothing is found and nothing is kept.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the file, or nothing at all for ``None``."""
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None
        if path is not None:
            with contextlib.suppress(sqlite3.Error, OSError):
                self._db = _connect(path)

    def get(self, key: str) -> Verdict | None:
        """The verdict kept under ``key``, its metrics marked ``cached``."""
        rows = self._execute("SELECT verdict FROM verdicts WHERE key = ?", (key,))
        if not rows:
            return None
        verdict = Verdict(**json.loads(rows[0][0]))
        return replace(verdict, metrics={**verdict.metrics, "cached": True})

    def put(self, key: str, verdict: Verdict) -> None:
        """Keep a verdict, if the same program would get it again."""
        if verdict.error_type in _LASTING and not verdict.metrics.get("timed_out"):
            text = json.dumps(asdict(verdict), separators=(",", ":"))
            self._execute("INSERT OR REPLACE INTO verdicts VALUES (?, ?)", (key, text))

    def _execute(self, sql: str, values: tuple[str, ...]) -> list[Any]:
        if self._db is None:
            return []
        with self._lock, contextlib.suppress(sqlite3.Error):
            return self._db.execute(sql, values).fetchall()
        return []


def key(parts: Mapping[str, Any]) -> str:
    """The address of a verdict: everything that it depends on, by name.

    That is the code, the driver, the cases with what they expect, the toolchain, its
    flags and the limits; harness's own grading code is always part of it.
    """
    text = json.dumps({**parts, "grading": _own_code()}, sort_keys=True, default=repr)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


@contextlib.contextmanager
def switched_off() -> Iterator[None]:
    """Within the block every verdict of this process is a new one."""
    _OFF.append(True)
    try:
        yield
    finally:
        _OFF.pop()


_OFF: list[bool] = []  # while it is not empty


def shared() -> VerdictCache:
    """The cache of this user, as the environment names it; one connection a process."""
    if _OFF or os.environ.get("HARNESS_VERDICT_CACHE", "on").lower() in ("off", "0", "no", "false"):
        return _opened(None)
    return _opened(cache_folder() / "verdicts.sqlite")


@cache
def _opened(path: Path | None) -> VerdictCache:
    return VerdictCache(path)


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=OFF")  # what a power cut loses is only time
    db.execute("CREATE TABLE IF NOT EXISTS verdicts (key TEXT PRIMARY KEY, verdict TEXT) WITHOUT ROWID")
    return db


@cache
def _own_code() -> str:
    """A digest of the graders and the sandbox, so that a change to them makes old verdicts unreachable."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[2]
    for folder in ("graders", "sandbox"):
        for path in sorted((package / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(package)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
