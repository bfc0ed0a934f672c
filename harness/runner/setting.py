"""What is the same for every sample of a run, and where its rows go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from harness.records import Task
from harness.resultrow import ResultRow
from harness.runner.residents import AtOnce
from harness.runner.rows import Provenance
from harness.sandbox.base import Sandbox
from harness.solvers.base import SINGLE, Way


@dataclass(frozen=True, slots=True)
class Setting:
    """The tasks of a run, and under which conditions its samples are taken."""

    origin: Provenance
    tasks: Mapping[tuple[str, str], Task]  # by suite and id
    sandbox: Sandbox | None = None  # without one, answers that are code are not judged
    alone: bool = False  # the speed lane: one request at a time, nothing beside it
    local_at_once: AtOnce = "auto"  # models in this machine's memory side by side
    company: bool = False  # other processes of the run compute on this machine
    most_at_once: int | None = None  # requests of one model under way, whatever its gate allows
    way: Way = SINGLE  # how tasks with a tree are put to models
    unfollowed: Mapping[str, ResultRow] = field(default_factory=dict)  # by sample: of them the second change


class Sink(Protocol):
    """Where rows go."""

    def put(self, row: ResultRow) -> None:
        """Put a row on disk: when this returns, it survives ``kill -9``. Raises ``ResultsError``."""
        ...
