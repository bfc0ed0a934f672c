"""Refactoring: what a program does and offers stays, and how it is built becomes what the task aims at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Annotated, Any

from tree_sitter import Query, QueryCursor, QueryError

from harness.fieldtypes import Between
from harness.graders.changes import Change
from harness.graders.execution.measure import size
from harness.graders.execution.structure import Function, duplication, functions, signatures
from harness.graders.execution.syntax import Tangled, parse, syntax_of
from harness.nodes import grammar
from harness.records import Verdict
from harness.trees import Tree

MOST_LINES = 1.3  # times as many as before
_SHOWN = 3

Most = Annotated[int | None, Between(0, 1000)]


@dataclass(frozen=True, slots=True)
class Fact:
    """How often a tree-sitter query matches in the files with these names, ``least`` to ``most`` times.

    ``keep`` says that it holds from the start, and must go on.
    """

    query: str
    most: Most = None
    least: Annotated[int, Between(0, 1000)] = 0
    files: str = "*"
    keep: bool = False

    def holds(self, codes: Tree, language: str) -> bool:
        """Whether the syntax trees of ``codes`` have it. Raises ``Tangled``."""
        syntax = syntax_of(language)
        query = Query(grammar(syntax.grammar), self.query)
        count = sum(
            len(QueryCursor(query).matches(parse(code, syntax).root_node))
            for path, code in codes.items()
            if fnmatchcase(path, self.files)
        )
        return self.least <= count and (self.most is None or count <= self.most)


@dataclass(frozen=True)
class Refactoring:
    """The aims: the most that any function may have, windows that stand twice, facts by their sentence."""

    complexity: Most = None
    function_lines: Most = None
    nesting: Most = None
    duplicates: Most = None
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what aims at nothing."""
        if not self.begins:
            raise ValueError(
                "`refactor` names no aim: complexity, function_lines, nesting, duplicates or facts"
            )

    @property
    def aims(self) -> tuple[str, ...]:
        """What must hold of an answer."""
        numbers = ("complexity", "function_lines", "nesting", "duplicates")
        return (*(name for name in numbers if getattr(self, name) is not None), *self.facts)

    @property
    def begins(self) -> tuple[str, ...]:
        """The aims of which none holds of the tree as it is given."""
        return tuple(aim for aim in self.aims if aim not in self.facts or not self.facts[aim].keep)

    def check(self, language: str) -> None:
        """Raise ``ValueError`` for a query that is none of this language."""
        for name, fact in self.facts.items():
            try:
                Query(grammar(syntax_of(language).grammar), fact.query)
            except QueryError as error:
                raise ValueError(f"the query of {name!r}: {error}") from None

    def assess(self, verdict: Verdict, change: Change) -> Verdict:
        """The verdict, passed only if every aim is reached, and what is public and the length are kept.

        The score is the share of groups times the share of aims that are new; nothing where public names or
        the length are not kept.
        """
        try:
            measured = self._measured(change)
        except Tangled:
            measured = _unmeasured(self.aims)
        missing = "; ".join(measured.pop("missing", ()))
        failures = [
            *([] if measured["signatures"] else [("signature_changed", f"no longer there: {missing}")]),
            *([] if measured["lines"] else [("too_long", f"over {MOST_LINES} times the lines of code")]),
            *(
                ("aim_missed", self._words(name, measured))
                for name, reached in measured["aims"].items()
                if not reached
            ),
        ]
        reached = sum(measured["aims"][aim] for aim in self.begins) / len(self.begins)
        return replace(
            verdict,
            passed=verdict.passed and not failures,
            score=verdict.score * reached * (measured["signatures"] and measured["lines"]),
            error_type=verdict.error_type or next((kind for kind, _ in failures), None),
            error=verdict.error or "; ".join(words for _, words in failures) or None,
            metrics={**verdict.metrics, **measured},
        )

    def _words(self, aim: str, measured: Mapping[str, Any]) -> str:
        value = measured.get("structure", {}).get(aim)
        return f"not so: {aim}" if value is None else f"{aim} is {value}, at most {getattr(self, aim)}"

    def _measured(self, change: Change) -> dict[str, Any]:
        before, after = change.code(change.before), change.code(change.after)
        lines = [
            sum(size(code, change.language)[0] or 0 for code in codes.values()) for codes in (before, after)
        ]
        short = lines[1] <= MOST_LINES * lines[0]
        if not short:  # and perhaps far too long to be measured
            return {"aims": dict.fromkeys(self.aims, False), "signatures": True, "lines": False}
        missing = _offered(before, change.language) - _offered(after, change.language)
        made = [one for code in after.values() for one in functions(code, change.language)]
        doubled = duplication(after.values(), change.language).duplicates
        reached = {
            "complexity": _most(made, lambda one: one.complexity),
            "function_lines": _most(made, lambda one: one.lines),
            "nesting": _most(made, lambda one: one.nesting),
            "duplicates": doubled,
        }
        facts = {name: fact.holds(after, change.language) for name, fact in self.facts.items()}
        aims = {
            name: facts[name] if name in facts else reached[name] <= getattr(self, name) for name in self.aims
        }
        kept = {"signatures": not missing, "missing": sorted(missing)[:_SHOWN], "lines": True}
        return {"aims": aims, **kept, "structure": reached}


def _unmeasured(aims: Sequence[str]) -> dict[str, Any]:
    """Of a program that is too long, or that no parser gets through."""
    return {"aims": dict.fromkeys(aims, False), "signatures": True, "lines": False}


def _lines(codes: Tree, language: str) -> int:
    return sum(size(code, language)[0] or 0 for code in codes.values())


def _offered(codes: Tree, language: str) -> Counter[str]:
    return Counter(line for code in codes.values() for line in signatures(code, language))


def _most(made: list[Function], of: Callable[[Function], int]) -> int:
    return max(map(of, made), default=0)
