"""``phases.yaml`` in the folder of reports: which runs make which phase, in order; planned ones have none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated

from harness.errors import ConfigError
from harness.fieldtypes import Length
from harness.filesections import expect_section, read_record
from harness.yamlfile import read_yaml
from harness.yamltext import yaml_text

FILE = "phases.yaml"
_SIGNS = re.compile(r"[^\w.]+")
_HEAD = "# The phases of measuring, in order, each with its runs. Add phases without runs to plan them.\n"


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase and its runs."""

    name: Annotated[str, Length(1, 200)]
    runs: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The name of its summary."""
        return f"{_SIGNS.sub('-', self.name.lower()).strip('-.')[:80] or 'phase'}.md"


@dataclass(frozen=True, slots=True)
class _Phases:
    phases: tuple[Phase, ...] = ()


def read_phases(path: Path) -> tuple[Phase, ...]:
    """The phases that are known; none without a file. Raises ``ConfigError``."""
    if not path.exists():
        return ()
    root = expect_section(read_yaml(path), f"{path}:1", "a file of phases")
    phases = read_record(_Phases, root, "a file of phases").phases
    for index, phase in enumerate(phases):
        for other in phases[:index]:
            if phase.file == other.file:
                where = root["phases"][index].where("name")
                raise ConfigError(
                    f"{where}: the phase {phase.name!r} has the file {phase.file}, as {other.name!r} has; "
                    "rename one"
                )
    return phases


def with_phase(phases: Sequence[Phase], named: Phase) -> tuple[Phase, ...]:
    """The phases with the runs of one of them; a new one comes last."""
    if any(phase.name == named.name for phase in phases):
        return tuple(
            replace(phase, runs=named.runs) if phase.name == named.name else phase for phase in phases
        )
    return (*phases, named)


def phases_text(phases: Sequence[Phase]) -> str:
    """The text of the file."""
    return _HEAD + yaml_text({"phases": [asdict(phase) | {"runs": list(phase.runs)} for phase in phases]})
