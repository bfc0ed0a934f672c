"""Words that the plan and the report of missions share."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Sequence
from typing import Literal

from harness.missions.assign import Assignee
from harness.missions.definition import MissionFile, Template
from harness.missions.plan import is_asked, model_of
from harness.reporting.numbers import percent, percent_range
from harness.rules.ruleset import Candidate

_PLAIN = re.compile(r"[\w{}./:=@%+,-]+")
_FEW = 5  # attempts; of fewer nothing follows


def numbers(ids: Sequence[str]) -> str:
    """Ids with runs of numbers drawn together: ``1–5, 7 and 8`` is ``1–5, 7, 8``."""
    parts: list[list[str]] = []
    for one in ids:
        last = parts[-1][-1] if parts else ""
        if one.isdecimal() and last.isdecimal() and int(one) == int(last) + 1:
            parts[-1].append(one)
        else:
            parts.append([one])
    return ", ".join(f"{part[0]}–{part[-1]}" if len(part) > 2 else ", ".join(part) for part in parts)


def missions(ids: Sequence[str]) -> str:
    """``mission 6`` or ``missions 1–5, 7``."""
    return f"{'mission' if len(ids) == 1 else 'missions'} {numbers(ids)}"


def rate_of(candidate: Candidate | None) -> str:
    """What rules measured: ``47 % (30–65 %) of 32``."""
    if candidate is None or candidate.quality is None:
        return "not measured"
    if candidate.quality_low is None or candidate.quality_high is None:
        return f"{percent(candidate.quality)} of {candidate.n:,}"
    span = percent_range(candidate.quality_low, candidate.quality_high)
    return f"{percent(candidate.quality)} ({span}) of {candidate.n:,}"


def command_of(name: Literal["check", "plan", "run", "report"], file: MissionFile) -> str:
    """One of the commands of a file, as it is typed."""
    return f"harness missions {name} {shlex.quote(str(file.path))}{' --baseline' if file.alone else ''}"


def rules_command(file: MissionFile) -> str:
    """What builds the rules of a file anew, with what its missions taught."""
    path = os.path.normpath(file.path.parent / file.rules) if file.rules else "reports/routing_rules.yaml"
    return f"harness rules build --with-observations -o {shlex.quote(path)}"


def is_few(count: int) -> bool:
    """Whether so many attempts say next to nothing."""
    return count < _FEW


def chain_words(chain: Iterable[Assignee]) -> str:
    """Who stands in, in order, and as what."""
    return ", then ".join(
        f"{each.model} ({each.role}{', on the processor' if each.last else ''})" for each in chain
    )


def seat_words(name: str) -> str:
    """What is in memory: a model, and who holds it where that is harness."""
    return f"{model_of(name)} (held by harness)" if is_asked(name) else model_of(name)


def command_lines(template: Template) -> tuple[str, ...]:
    """The commands of a template as they would be typed, in the order in which they run."""
    named = [("validation", each) for each in template.validation]
    named += [("load", template.load), ("", template.command), ("last resort", template.cpu_command)]
    named += [("unload", template.unload)]
    return tuple(
        f"{' '.join(map(_quoted, arguments))}{f'  # {what}' if what else ''}"
        for what, arguments in named
        if arguments
    )


def _quoted(argument: str) -> str:
    """An argument as one would type it; placeholders need no quotes to be read."""
    return argument if _PLAIN.fullmatch(argument) else shlex.quote(argument)
