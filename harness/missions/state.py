"""What has become of each mission: a file a mission, written whole, beside the missions file.

``NAME.state/`` (``NAME.baseline.state/`` of one model for all) holds ``MISSION.json`` with every attempt,
``logs/MISSION-NUMBER.log`` with what it printed, and ``lock``, which one run holds. An attempt is written
down before it begins: what a killed run left half done is known, and is done again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal

from harness.errors import ConfigError, HarnessError
from harness.files import read_text, write_atomically
from harness.filesections import read_record, section_of
from harness.jsontext import read_json
from harness.missions.definition import Mission, MissionFile
from harness.missions.setup import Setup
from harness.paths import cache_folder
from harness.words import ends

Status = Literal["pending", "passed", "failed"]
Result = Literal["running", "passed", "failed", "unfit", "interrupted"]
_LOG = 1_000_000  # characters of an attempt's log: the first and the last half


@dataclass(frozen=True, slots=True)
class Attempt:
    """One model's attempt at a mission.

    ``unfit``: it never began, for the model's file, its memory, a validation or the program. ``round`` counts
    how often the mission was begun anew after all models had failed. ``seconds`` are of the work, ``load_s``
    of loading before it. ``expected`` is the quality that the rules measured, with its interval, when it
    began. ``free_gpu`` is the least that was free of the GPU's memory, in bytes.
    """

    number: int
    round: int
    model: str
    role: str
    started_at: str
    result: Result = "running"
    error: str | None = None
    reason: str | None = None
    seconds: float | None = None
    loaded: bool = False
    load_s: float | None = None
    exit_code: int | None = None
    tokens: int | None = None
    cost_usd: float | None = None
    score: float | None = None
    expected: float | None = None
    expected_low: float | None = None
    expected_high: float | None = None
    peak_mb: float | None = None
    free_gpu: int | None = None


@dataclass(frozen=True, slots=True)
class MissionState:
    """All that happened to a mission. ``digests`` say to which one: what is run and how it is judged."""

    id: str
    status: Status = "pending"
    digests: Mapping[str, str] = field(default_factory=dict)
    attempts: tuple[Attempt, ...] = ()

    @property
    def round(self) -> int:
        """The round that goes on, or the next one after all models have failed."""
        last = self.attempts[-1].round if self.attempts else 1
        return last + 1 if self.status == "failed" else last

    def with_attempt(self, attempt: Attempt) -> MissionState:
        """With an attempt in place of the one of its number, or behind all others."""
        others = tuple(each for each in self.attempts if each.number != attempt.number)
        return replace(self, attempts=(*others, attempt))

    def interrupted(self) -> MissionState:
        """As it is when no run goes on: an attempt without a result was interrupted."""
        attempts = [
            replace(each, result="interrupted", reason="the run ended") if each.result == "running" else each
            for each in self.attempts
        ]
        return replace(self, attempts=tuple(attempts))

    @property
    def judged(self) -> tuple[Attempt, ...]:
        """The attempts that say something about their models."""
        return tuple(each for each in self.attempts if each.result in ("passed", "failed"))


class StateFolder:
    """The states of the missions of a file."""

    def __init__(self, file: MissionFile) -> None:
        self.folder = file.state_folder

    def read(self, mission: Mission) -> MissionState:
        """The state of a mission. Raises ``ConfigError`` for a file that does not hold one."""
        path = self._path(mission.id)
        if not path.exists():
            return MissionState(mission.id)
        try:
            return read_record(MissionState, section_of(_mapping(path), path, 0), "a mission's state")
        except ConfigError as error:
            raise ConfigError(
                f"{error}; another version of harness wrote it, or somebody edited it: move it away, and the "
                "mission starts again"
            ) from None

    def write(self, state: MissionState) -> None:
        """Put a state on disk: when this returns, it survives ``kill -9``."""
        text = json.dumps(asdict(state), indent=1, ensure_ascii=False)
        write_atomically(self._path(state.id), text + "\n")

    def strangers(self, file: MissionFile) -> list[str]:
        """The missions of which a state is kept and that the file no longer has."""
        kept = {path.stem for path in self.folder.glob("*.json")}
        return sorted(kept - {mission.id for mission in file.missions})

    def prompt(self, mission: Mission) -> Path:
        """Where the prompt of a mission that is a task lies, for the command that carries it out."""
        return self.folder / "prompts" / f"{mission.id}.md"

    def write_log(self, mission: str, number: int, text: str) -> None:
        """Keep what an attempt printed; of what is too long, the ends."""
        write_atomically(self._log(mission, number), ends(text, _LOG))

    def read_log(self, mission: str, number: int) -> str:
        """What an attempt printed, as it is kept."""
        path = self._log(mission, number)
        return read_text(path) if path.exists() else ""

    def _log(self, mission: str, number: int) -> Path:
        return self.folder / "logs" / f"{mission}-{number}.log"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder; a second run is refused. The locks end with their process.

        One lies in the folder, for all who use it. A mission can take that away; the other is the user's.
        """
        name = _digest(os.fsencode(self.folder.resolve()))
        with ExitStack() as stack:
            with suppress(OSError):  # no home, or none that can be written to
                stack.enter_context(_held(cache_folder() / "locks" / name))
            try:
                stack.enter_context(_held(self._lock))
            except OSError as error:
                raise HarnessError(
                    f"{self.folder}: {error.strerror}; the state of missions is kept there: make room for "
                    "that folder, or put the file of missions where files can be written"
                ) from None
            yield

    def is_gone(self) -> bool:
        """Whether the folder that was locked is no longer there, or is another one."""
        return not self._lock.exists()

    def renew(self, states: Iterable[MissionState]) -> None:
        """Make the folder anew, with these states in it."""
        for state in states:
            self.write(state)
        self._lock.touch()

    @property
    def _lock(self) -> Path:
        return self.folder / "lock"

    def _path(self, mission: str) -> Path:
        return self.folder / f"{mission}.json"


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold a lock file. Raises ``HarnessError`` where another process does, ``OSError`` where none can."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            holder = file.read(20).strip()
            raise HarnessError(
                f"these missions are being run by another process ({holder or 'unknown'}); "
                "wait for it, or end it"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def read_states(file: MissionFile) -> dict[str, MissionState]:
    """The state of every mission of a file, by id."""
    folder = StateFolder(file)
    return {mission.id: folder.read(mission) for mission in file.missions}


def _mapping(path: Path) -> Mapping[str, object]:
    value = read_json(path)
    if not isinstance(value, dict):
        raise HarnessError(f"{path}: holds no mission's state; move the file away")
    return value


def digests(mission: Mission, setup: Setup) -> dict[str, str]:
    """What a mission's result rests on, part by part; a result of other parts says nothing of these."""
    template = setup.file.template_of(mission)
    parts: dict[str, object] = {"assertions": [asdict(each) for each in mission.assertions]}
    if template is not None:
        parts["command"] = [template.command, template.cpu_command, template.validation]
    if mission.file is not None:
        parts["file"] = _content(setup.file.folder / mission.file)
    if task := setup.tasks.get(mission.id):
        parts["task"] = task.sha256
    return {name: _digest(json.dumps(part).encode()) for name, part in parts.items()}


def _content(path: Path) -> str | None:
    try:
        return _digest(path.read_bytes())
    except OSError:
        return None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
