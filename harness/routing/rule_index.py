"""Finding the rule of a request: by its task type and length, or by its words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from harness.errors import UnknownName
from harness.names import nearest
from harness.routing.selection import PreparedRule, prepare_rule
from harness.rules.ruleset import Rule, RuleSet

_ANY = "*"  # the task type of the default rule


class RuleIndex:
    """The rules of a file, prepared for choosing."""

    def __init__(self, rules: RuleSet, prior_tasks: float) -> None:
        models, providers = {m.id: m for m in rules.models}, {p.id: p for p in rules.providers}
        ordered = sorted(rules.rules, key=lambda rule: -rule.priority)
        prepared = [
            prepare_rule(rule, models, providers, rule.policy or rules.policy, prior_tasks)
            for rule in ordered
        ]
        usable = [p for p in prepared if p.options or p.policy.privacy == "local"]  # these have no substitute
        self._of_stored = {p.rule.task_type for p in prepared} - {p.rule.task_type for p in usable}
        self.by_id = {p.rule.id: p for p in usable}
        self._by_type: dict[str, list[PreparedRule]] = {}
        for one in usable:
            self._by_type.setdefault(one.rule.task_type, []).append(one)
        self._default = self.by_id.get(rules.default_rule or "")
        self._keywords = [(_any_of(p.rule.match.keywords), p.rule) for p in usable if p.rule.match.keywords]
        self._metadata = [p.rule for p in usable if p.rule.match.metadata]

    def find(self, task_type: str, context: float = 0) -> tuple[PreparedRule, str]:
        """The rule for prompts of ``context`` tokens, and an explanation where it is the default one.

        Raises ``UnknownName`` when there is none that may be used.
        """
        for entry in self._by_type.get(task_type, ()):
            if entry.shortest <= context <= entry.longest:
                return self._usable(entry), ""
        if self._default is not None:
            return self._usable(self._default), f"no rule for {task_type!r}, the default one is used; "
        if task_type in self._of_stored:
            raise UnknownName(
                f"no model of the rule for {task_type!r} can be asked: their answers were imported or stored;"
                " `harness import results --model ID` gives results the id of a model in models.yaml"
            )
        if task_type == _ANY:
            raise UnknownName("no rule for this request: none has its words, and none is for everything else")
        raise UnknownName(
            f"no rule for the task type {task_type!r} and no default{nearest(task_type, self._by_type)}"
        )

    def recognise(self, prompt: str, metadata: Mapping[str, str]) -> str:
        """The task type whose metadata or keywords a request has, first by priority; else ``*``."""
        for rule in self._metadata:
            if rule.match.metadata.items() <= metadata.items():
                return rule.task_type
        for pattern, rule in self._keywords:
            if pattern.search(prompt):
                return rule.task_type
        return _ANY

    @staticmethod
    def _usable(entry: PreparedRule) -> PreparedRule:
        if not entry.options:
            raise UnknownName(
                f"{_called(entry.rule)} must stay on this machine (privacy: local), "
                "and none of its models is here"
            )
        return entry


def _any_of(keywords: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, keywords))})(?!\w)", re.IGNORECASE)


def _called(rule: Rule) -> str:
    return "everything without a rule" if rule.task_type == _ANY else f"the task type {rule.task_type!r}"
