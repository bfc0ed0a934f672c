"""Who gets a mission, and who stands in: pins first, then what the routing rules measured.

The chain of a mission is its champion, the runner-up of its task type, the best all-rounder, and a small
model that runs on the processor last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from harness.errors import ConfigError, UnknownName
from harness.missions.definition import Mission, SpecialCase
from harness.missions.setup import Setup
from harness.models.enginekinds import kind_of
from harness.reporting.numbers import percent
from harness.routing.rule_index import RuleIndex
from harness.routing.selection import PreparedRule
from harness.rules.ruleset import Candidate

Role = Literal[
    "champion", "pinned", "special case", "by hand", "runner-up", "all-rounder", "stand-in", "last resort",
    "one for all",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assignee:
    """A model in a mission's chain. ``measured`` is what the rules know of it on the mission's own task type.

    ``last`` is the small model on the processor, for which a template may have a command of its own.
    """

    model: str
    role: Role
    measured: Candidate | None = None
    last: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """A mission with its chain, best first, and why the first is first."""

    mission: Mission
    task_type: str | None
    chain: tuple[Assignee, ...]
    reason: str

    @property
    def first(self) -> Assignee:
        """Who gets the mission."""
        return self.chain[0]


def assign(setup: Setup) -> list[Assignment]:
    """An assignment for each mission, in their order. Raises ``ConfigError`` for one without a model."""
    index = None if setup.rules is None else RuleIndex(setup.rules, 0)
    return [_assigned(mission, setup, index) for mission in setup.file.missions]


def _assigned(mission: Mission, setup: Setup, index: RuleIndex | None) -> Assignment:
    task_type = setup.task_type(mission)
    rule = _rule(task_type, index)
    measured = _measured(rule, task_type)
    if setup.file.alone and setup.file.baseline is not None:
        chain = _chain([(setup.file.baseline, "one for all")], measured)
        return Assignment(mission, task_type, tuple(chain), "one model for all")
    special = _special_case(mission, setup.file.special_cases)
    ranked = _ranked(rule, setup)
    named: list[tuple[str, Role]] = []
    if mission.model is not None:
        named.append((mission.model, "pinned"))
    if special is not None:
        named.append((special.model, "special case"))
    if not named and ranked:
        named.append((ranked[0], "champion" if _is_of(task_type, rule) else "all-rounder"))
    stand_ins = list(_stand_ins(mission, ranked, setup, index))
    if not named and stand_ins:
        named.append((stand_ins[0][0], "by hand"))
    named += stand_ins
    if not named:
        raise ConfigError(_nobody(mission, task_type, setup))
    chain = _chain(named, measured)
    if (last := _last(chain, mission, rule, setup)) is not None:
        chain.append(Assignee(last, "last resort", measured.get(last), last=True))
    reason = _reason(mission, task_type, special, rule, chain[0], measured)
    return Assignment(mission, task_type, tuple(chain), reason)


def _rule(task_type: str | None, index: RuleIndex | None) -> PreparedRule | None:
    """The rule for the mission's task type, or the one for everything else, if any."""
    if index is None or task_type is None:
        return None
    try:
        return index.find(task_type)[0]
    except UnknownName:
        return None


def _is_of(task_type: str | None, rule: PreparedRule | None) -> bool:
    """Whether a rule is for a task type, and not the one for everything else."""
    return rule is not None and rule.rule.task_type == task_type


def _measured(rule: PreparedRule | None, task_type: str | None) -> dict[str, Candidate]:
    """By model what was measured on a task type; the rule for everything else says nothing of that."""
    if rule is None or not _is_of(task_type, rule):
        return {}
    return {candidate.model: candidate for candidate in rule.rule.candidates}


def _nobody(mission: Mission, task_type: str | None, setup: Setup) -> str:
    lacking = "there are no rules" if setup.rules is None else f"no rule for the task type {task_type!r}"
    return (
        f"{setup.file.places[mission.id]}: nothing says who gets mission {mission.id!r}: {lacking}; "
        "measure it (`harness run`, `harness report`), name the rules in `rules` or with --rules, "
        "pin a 'model', or give 'fallbacks'"
    )


def _special_case(mission: Mission, cases: Sequence[SpecialCase]) -> SpecialCase | None:
    """The first case of which a word is one of the mission's name."""
    for case in cases:
        words = "|".join(map(re.escape, case.words))
        if words and re.search(rf"(?<!\w)(?:{words})(?!\w)", mission.name, re.IGNORECASE):
            return case
    return None


def _ranked(rule: PreparedRule | None, setup: Setup) -> list[str]:
    """The models of a rule that models.yaml has, in the rule's order, or by quality where it is open."""
    options = () if rule is None else rule.ordered["balanced"]
    return [option.model for _, option in options if option.model in setup.config.models]


def _stand_ins(
    mission: Mission, ranked: Sequence[str], setup: Setup, index: RuleIndex | None
) -> Iterator[tuple[str, Role]]:
    if by_hand := mission.fallbacks or setup.file.fallbacks:
        yield from ((model, "stand-in") for model in by_hand)
        return
    pinned = mission.model is not None or _special_case(mission, setup.file.special_cases) is not None
    for model in ranked[:1] if pinned else ranked[1:2]:
        yield model, "runner-up"
    default = (
        None if index is None or setup.rules is None else index.by_id.get(setup.rules.default_rule or "")
    )
    for model in _ranked(default, setup)[:1]:
        yield model, "all-rounder"


def _chain(named: Sequence[tuple[str, Role]], measured: Mapping[str, Candidate]) -> list[Assignee]:
    """Each model once, at its first place."""
    roles: dict[str, Role] = {}
    for model, role in named:
        roles.setdefault(model, role)
    return [Assignee(model, role, measured.get(model)) for model, role in roles.items()]


def _last(chain: Sequence[Assignee], mission: Mission, rule: PreparedRule | None, setup: Setup) -> str | None:
    """The small local model that comes behind a chain; in it already, where a template has another way."""
    last = setup.file.last_resort or _smallest(rule, setup)
    template = setup.file.template_of(mission)
    another_way = template is not None and bool(template.cpu_command)
    return None if any(each.model == last for each in chain) and not another_way else last


def _smallest(rule: PreparedRule | None, setup: Setup) -> str | None:
    """The smallest local model that passes anything of the task type; of none known, the smallest of all."""
    able = (
        [] if rule is None else [candidate.model for candidate in rule.rule.candidates if candidate.quality]
    )
    local = [spec.id for spec in setup.config.models.values() if kind_of(spec.engine).loads]
    sizes = {model: path.stat().st_size for model in local if (path := setup.path_of(model)) is not None}
    among = [model for model in able if model in sizes] or list(sizes)
    return min(among, key=lambda model: (sizes[model], model), default=None)


def _reason(
    mission: Mission, task_type: str | None, special: SpecialCase | None, rule: PreparedRule | None,
    first: Assignee, measured: Mapping[str, Candidate],
) -> str:  # fmt: skip
    if first.role == "pinned":
        return f"pinned: {mission.because or 'no reason is given'}{_instead_of(measured, first)}"
    if first.role == "special case" and special is not None:
        return f"special case: {special.name}{_instead_of(measured, first)}"
    if first.role == "by hand" or rule is None:
        return "not measured: the first of the fallbacks, which were named by hand"
    if not _is_of(task_type, rule):
        return f"nothing was measured for {task_type}; for everything else: {rule.rule.reason}"
    return rule.rule.reason


def _instead_of(measured: Mapping[str, Candidate], first: Assignee) -> str:
    """Whom the measurements would give the mission, where that is another."""
    qualities = [(each.quality, each.model) for each in measured.values() if each.quality is not None]
    quality, model = max(qualities, default=(0.0, first.model))
    if model == first.model:
        return ""
    mine = "was not measured" if first.measured is None else f"passed {percent(first.measured.quality)}"
    return f"; in the tournament {model} passed {percent(quality)} of such tasks, and {first.model} {mine}"
