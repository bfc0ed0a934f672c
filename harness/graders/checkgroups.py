"""The groups of checks of a project, and what comes of them.

A group is a driver, which uses the project and emits values, and the values that must come out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from harness.sandbox.base import Limits, Outcome


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """A driver and what it must emit: label → value, in their order.

    ``keep`` groups pass with the tree as it is given, and must go on passing; the others must begin to.
    """

    driver: str
    expect: Mapping[str, Any]
    must: Literal["begin", "keep"] = "begin"


@dataclass(frozen=True, slots=True)
class GroupRun:
    """What came of one group: how its program ended, or why there is none.

    ``shown`` is what the program or the compiler printed, for whoever may see it.
    """

    outcome: Outcome | None = None
    channel: bytes = b""  # what it emitted
    refused: str | None = None  # in few words
    shown: str = ""


@dataclass(frozen=True, slots=True)
class BuiltProject:
    """A project that is ready to run: ``run`` runs the driver of a group, by its name, within limits."""

    run: Callable[[str, Limits], GroupRun]
    compile_s: float | None = None
    warnings: Sequence[str] | None = None  # of the compiler on the project itself: their codes


@dataclass(frozen=True, slots=True)
class ProjectRun:
    """What came of all groups, by name, the seconds that compiling took, and what the compiler warned of."""

    groups: Mapping[str, GroupRun]
    compile_s: float | None = None
    warnings: Sequence[str] | None = None
