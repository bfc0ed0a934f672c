"""How well a program is written, by what can be counted: beside the verdict, never part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from harness.graders.edits import LAZY
from harness.graders.execution.apis import UNREAD, ApiUse, api_use
from harness.graders.execution.docs import docs_of
from harness.graders.execution.measure import size
from harness.graders.execution.structure import duplication, functions
from harness.graders.execution.syntax import Tangled, parse, syntax_of
from harness.nodes import text_of, walk
from harness.records import Verdict
from harness.sandbox.base import Sandbox
from harness.trees import Tree

_RESTATED = 0.7  # share of a comment's words that stand in the next line of code
_WORD = re.compile(r"[^\W\d_]+|\d+")
_PARTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LITTLE = frozenset(  # words that say nothing, and verbs for what signs and keywords say
    """a an the of to in is it and or for with as by on this that we be are from at into if each
    set assign return call loop iterate check""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares are from 0 to 1; ``None`` where there is nothing to have a share of."""

    functions: int
    complexity_max: int
    complexity_mean: float | None
    longest_function: int  # lines
    nesting_max: int
    duplicate_share: float | None  # of windows of 50 tokens, those that stand somewhere before
    comment_share: float | None  # of lines with code or comments, those with comments
    restating_comments: int  # that say what the next line of code says
    lazy_comments: int  # "rest of the code unchanged" and its like
    documented_share: float | None  # of what is public
    unknown_attributes: int | None  # places that name what a module or a type does not have
    deprecated_calls: int | None  # places that use what the library says is deprecated


def with_quality(verdict: Verdict, codes: Tree, language: str, sandbox: Sandbox) -> Verdict:
    """A verdict that passed with ``quality`` in its metrics: models are only compared by what passes."""
    if not verdict.passed or not codes or "quality" in verdict.metrics:
        return verdict
    try:
        apis = api_use(codes, language, verdict.metrics, sandbox)
        measured = asdict(quality(codes, language, apis))
    except Tangled:
        return verdict
    return replace(verdict, metrics={**verdict.metrics, "quality": measured})


def quality(codes: Tree, language: str, apis: ApiUse = UNREAD) -> Quality:
    """The quality of a program's files. Raises ``Tangled``."""
    made = [one for code in codes.values() for one in functions(code, language)]
    copies = duplication(codes.values(), language)
    comments = [one for code in codes.values() for one in _comments(code, language)]
    lines = sum(size(code, language)[0] or 0 for code in codes.values())
    commented = sum(text.count("\n") + 1 for text, _ in comments)
    roots = (parse(code, syntax_of(language)).root_node for code in codes.values())
    public = [one for root in roots for one in docs_of(language).public(root)]
    return Quality(
        functions=len(made),
        complexity_max=max((one.complexity for one in made), default=1),
        complexity_mean=_share(sum(one.complexity for one in made), len(made)),
        longest_function=max((one.lines for one in made), default=0),
        nesting_max=max((one.nesting for one in made), default=0),
        duplicate_share=_share(copies.duplicates, copies.windows),
        comment_share=_share(commented, lines + commented),
        restating_comments=sum(_restates(text, following) for text, following in comments),
        lazy_comments=sum(len(LAZY.findall(code)) for code in codes.values()),
        documented_share=_share(sum(documented for _, documented in public), len(public)),
        unknown_attributes=apis.unknown,
        deprecated_calls=apis.deprecated,
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _comments(code: str, language: str) -> Iterator[tuple[str, str]]:
    """Comments that are no documentation of something public, each with the line of code behind it."""
    lines = code.split("\n")
    for node in walk(parse(code, syntax_of(language)).root_node):
        text = text_of(node).strip()
        if node.type.endswith("comment") and not text.startswith(("///", "//!", "/**")):
            row = node.end_point.row
            before = lines[row][: node.start_point.column].strip() if row == node.start_point.row else ""
            yield text, before or next((line for line in lines[row + 1 :] if line.strip()), "")


def _restates(comment: str, line: str) -> bool:
    """Whether most words of a comment stand in the code that it belongs to."""
    words = _words(comment) - _LITTLE
    return len(words) >= 2 and len(words & _words(line)) / len(words) >= _RESTATED


def _words(text: str) -> set[str]:
    """The words of a text, names taken apart, without endings that plurals and verbs have."""
    words = _WORD.findall(_PARTS.sub(" ", text.replace("_", " ")))
    return {re.sub(r"(?:ing|ed|es|s)$", "", word.lower()) for word in words}
