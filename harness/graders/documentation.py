"""Documentation: what a program does is told completely and rightly, its examples run, its code stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from harness.fieldtypes import Between
from harness.graders.changes import Change
from harness.graders.execution.docs import docs_of, examples, structure, texts
from harness.graders.execution.syntax import Tangled, parse, syntax_of
from harness.nodes import identifiers
from harness.patterns import first_match, pattern_flaw
from harness.records import Verdict
from harness.trees import Tree

_PASSAGE = re.compile(
    r"\n\s*\n|\n(?=\s*(?:[-*+#]|\d+[.)]|:\w+|\|)\s)|\n(?=\s*[\w`*.]+\s*(?:\([^)\n]*\))?\s*:\s)"
)
_MARKS = re.compile(r"^\s*(?:[-+#]+|\d+[.)])\s+|[`*\"“”|]+")  # an item's own in front, and emphasis
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_SHOWN = 3


@dataclass(frozen=True)
class Documentation:
    """What must be told, and what not.

    ``facts`` and ``falsehoods`` are patterns by what they say: regular expressions with `` & `` between
    them, all of which must match in one passage (facts) or sentence (falsehoods) of the documentation.
    ``section`` is a heading that ``README.md`` must have, ``examples`` how many must run at least.
    """

    facts: Mapping[str, str]
    falsehoods: Mapping[str, str]
    examples: Annotated[int, Between(0, 50)] = 1
    section: str = "Usage"

    def __post_init__(self) -> None:
        """Check the patterns."""
        for name, pattern in {**self.facts, **self.falsehoods}.items():
            for part in _parts(pattern):
                if flaw := pattern_flaw(part):
                    raise ValueError(f"the pattern of {name!r}: {flaw}")

    @property
    def begins(self) -> tuple[str, ...]:
        """What the documentation as it is given must lack, and an answer must have."""
        return (*self.facts, *self.falsehoods, "section", "documented", "examples")

    def drivers(self, after: Tree, language: str) -> Mapping[str, str]:
        """The examples of an answer as drivers, by name; each emits 0 where it does as it says."""
        try:
            return examples(after, language)
        except Tangled:
            return {}

    def assess(self, verdict: Verdict, change: Change) -> Verdict:
        """The verdict on the examples, passed only if the rest is right too.

        The score is the share of facts; nothing where code has changed, an example fails or a word is not so.
        """
        try:
            aims, untrue = self._aims(change), list(_untrue(change))
            unchanged = _code(change.before, change.language) == _code(change.after, change.language)
        except Tangled:
            aims, untrue, unchanged = dict.fromkeys(self.begins, False), [], False
        false = [name for name in self.falsehoods if not aims[name]]
        failures = [
            *([] if unchanged else [("code_changed", "the code is not what it was")]),
            *(("falsehood", f"told, and not so: {words}") for words in [*false, *untrue][:_SHOWN]),
            *(
                ("incomplete", f"missing: {name}")
                for name, there in aims.items()
                if not there and name not in false
            ),
        ]
        sound = verdict.passed and unchanged and not false and not untrue
        return replace(
            verdict,
            passed=verdict.passed and not failures,
            score=sum(aims[name] for name in self.facts) / max(1, len(self.facts)) * sound,
            error_type=verdict.error_type or next((kind for kind, _ in failures), None),
            error=verdict.error or "; ".join(words for _, words in failures[:_SHOWN]) or None,
            metrics={**verdict.metrics, "aims": aims, "code_unchanged": unchanged, "untrue": untrue[:20]},
        )

    def _aims(self, change: Change) -> dict[str, bool]:
        language, after = change.language, change.after
        code = change.code(after)
        readme = after.get("README.md", "")
        documented = [
            *texts("README.md", readme, language),
            *(one for path, text in code.items() for one in texts(path, text, language)),
        ]
        passages = [plain for one in documented for plain in _passages(one)]
        sentences = [sentence for passage in passages for sentence in _SENTENCE.split(passage)]
        roots = (parse(text, syntax_of(language)).root_node for text in code.values())
        heading = re.compile(rf"^#+\s*{re.escape(self.section)}\s*#*\s*$", re.MULTILINE | re.IGNORECASE)
        return {
            **{name: _is_stated(pattern, passages) for name, pattern in self.facts.items()},
            **{name: not _is_stated(pattern, sentences) for name, pattern in self.falsehoods.items()},
            "section": heading.search(readme) is not None,
            "documented": all(has for root in roots for _, has in docs_of(language).public(root)),
            "examples": len(self.drivers(after, language)) >= self.examples,
        }


def _parts(pattern: str) -> list[str]:
    return [rf"(?i)(?<!\w)(?<!\d\.)(?:{part.strip()})(?!\w)" for part in pattern.split(" & ")]


def _is_stated(pattern: str, passages: list[str]) -> bool:
    parts = _parts(pattern)
    return any(all(first_match(part, passage) is not None for part in parts) for passage in passages)


def _passages(text: str) -> Iterator[str]:
    """Paragraphs and items of lists, on one line each, without marks."""
    for passage in _PASSAGE.split(text):
        yield " ".join(_MARKS.sub(" ", passage).split())


def _code(tree: Tree, language: str) -> dict[str, Any]:
    """All but the documentation: programs by their structure, other files as they are."""
    programs = Change(language, tree, tree).code(tree)
    return {
        path: structure(text, language) if path in programs else text
        for path, text in tree.items()
        if path != "README.md"
    }


def _untrue(change: Change) -> Iterator[str]:
    roots = [parse(text, syntax_of(change.language)).root_node for text in change.code(change.after).values()]
    names = frozenset(name for root in roots for name in identifiers(root))
    for root in roots:
        yield from docs_of(change.language).untrue(root, names)
