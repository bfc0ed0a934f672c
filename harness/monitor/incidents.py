"""``incidents.jsonl``: what became of each incident, a line for each step, only ever added to.

Several monitors may write the same file, and be killed while they do: a line is one write, a line that was
cut counts for nothing, and one that says again what was said before changes nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from harness.errors import ResultsError, warn
from harness.jsontext import parse
from harness.monitor.watch import Decision, End, Incident, Watch
from harness.observationrow import Observation

Event = Literal["opened", "confirmed", "recovered", "dismissed", "accepted"]


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the journal: an incident is opened, perhaps confirmed, and then closed in one of three ways.

    It ``recovered``, canaries ``dismissed`` it, or somebody ``accepted`` it.
    """

    at: str  # UTC
    event: Event
    id: str
    model: str
    why: str
    incident: Incident | None = None  # of the first step


@dataclass(frozen=True, slots=True)
class Case:
    """An incident and how far it has come."""

    id: str
    incident: Incident
    event: Event
    at: str
    why: str

    @property
    def active(self) -> bool:
        """Whether it is not closed."""
        return self.event not in get_args(End)


class Journal:
    """The file in a results folder."""

    def __init__(self, results: Path) -> None:
        self.path = results / "observations" / "incidents.jsonl"

    def state(self) -> tuple[int, int]:
        """What is another one after each step: the file's size, and when it was written to."""
        try:
            status = self.path.stat()
        except OSError:
            return 0, 0
        return status.st_size, status.st_mtime_ns

    def cases(self) -> dict[str, Case]:
        """All incidents by id, oldest first; lines that are none are left out with a warning."""
        cases: dict[str, Case] = {}
        content = self.path.read_bytes() if self.path.exists() else b""
        steps = [_step(line) for line in content.split(b"\n")[:-1] if line.strip()]
        if None in steps:
            warn(f"{self.path}: {steps.count(None)} lines are no steps of incidents and are left out")
        for step in filter(None, steps):
            case = cases.get(step.id)
            if case is None and step.incident is not None:
                cases[step.id] = Case(step.id, step.incident, "opened", step.at, step.why)
            elif case is not None and case.active and step.event != "opened":
                cases[step.id] = replace(case, event=step.event, at=step.at, why=step.why)
        return cases

    def append(self, steps: Iterable[Step]) -> None:
        """Put steps on disk. Raises ``ResultsError``."""
        lines = [json.dumps(asdict(step), ensure_ascii=False).encode("utf-8", "replace") for step in steps]
        if not lines:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o644)
            try:
                size = os.fstat(file).st_size
                cut = size > 0 and os.pread(file, 1, size - 1) != b"\n"  # a writer was killed
                for number, line in enumerate(lines):
                    os.write(file, (b"\n" if cut and not number else b"") + line + b"\n")
                os.fsync(file)
            finally:
                os.close(file)
        except OSError as error:
            raise ResultsError(f"cannot write to {self.path}: {error.strerror}") from error


def due_steps(calls: Iterable[Observation], cases: Mapping[str, Case], now: datetime) -> list[Step]:
    """What calls say beyond the ``cases`` that there are: incidents that begin, and those that are over."""
    watch = Watch(_decisions(cases.values()))
    for call in calls:
        watch.add(call)
    steps = [
        Step(_utc(now), "opened", incident.id, incident.model, "its calls", incident)
        for incident in watch.noticed
        if incident.id not in cases
    ]
    active = {case.id: case.incident for case in cases.values() if case.active}
    active |= {step.id: step.incident for step in steps if step.incident}
    steps += [
        Step(_utc(now), "recovered", id, incident.model, "its calls are as before")
        for id, incident in active.items()
        if id in watch.recovered or not watch.is_open(incident)
    ]
    return steps


def demoted(cases: Iterable[Case]) -> dict[str, str]:
    """Models that are to be stand-ins only, and why: those with a confirmed incident that is not closed."""
    return {case.incident.model: case.why for case in cases if case.event == "confirmed"}


def step_of(case: Case, event: Event, why: str, now: datetime) -> Step:
    """The next step of an incident."""
    return Step(_utc(now), event, case.id, case.incident.model, why)


def _decisions(cases: Iterable[Case]) -> dict[str, Decision]:
    return {
        case.id: Decision(datetime.fromisoformat(case.at), case.event)
        for case in cases
        if case.event in ("recovered", "dismissed", "accepted")
    }


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _step(line: bytes) -> Step | None:
    """The step that a line is; ``None`` where it is none."""
    try:
        given: dict[str, Any] = parse(line)
        incident = given.pop("incident", None)
        step = Step(**given, incident=_incident(incident) if incident else None)
        if not all(isinstance(text, str) for text in (step.id, step.model, step.why)):
            return None
        if datetime.fromisoformat(step.at).tzinfo is None or step.event not in get_args(Event):
            return None
    except (ValueError, TypeError, AttributeError):
        return None
    return step


def _incident(given: Mapping[str, Any]) -> Incident:
    """Raises ``TypeError`` where it is none."""
    incident = Incident(**given)
    kinds = {"float": (int, float), "bool": bool}
    for field in fields(Incident):
        if not isinstance(getattr(incident, field.name), kinds.get(str(field.type), str)):  # type: ignore[arg-type]
            raise TypeError(field.name)
    return incident
