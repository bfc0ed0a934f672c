"""Answers for those who want to see with their own eyes: which are shown, and how much of each."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from harness.analysis.extras import Example
from harness.jsontext import object_of
from harness.reporting.numbers import dollars, percent, seconds
from harness.reporting.text import excerpt

_ENOUGH = 1_500  # in a page, before those of a cell become fewer
_CHARACTERS = 3_000_000  # of all answers in a page together
_LONGEST = 4_000  # of one answer
_TURN = 2_000  # of one turn
FIRST_TURNS = 20  # of a long dialogue, before those that are left out (``examples.sql``)
_TESTS = 24  # lines of test output
_OF_SCORES = {"passed": "full score", "failed": "lower score"}  # kinds of answers where scores count

SuiteAndModel = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Transcript:
    """One answer as it is shown; texts are cut, not escaped yet. ``anchor`` is set on the first of a cell.

    ``outcome`` is the kind in words; ``turns`` are who said what after the prompt, of ``turn_count`` in all.
    """

    kind: str
    outcome: str
    suite: str
    model: str
    task_id: str
    facts: str
    task_sha256: str
    prompt: str
    output: str
    verdict: str
    anchor: str | None
    turns: tuple[tuple[str, str], ...] = ()
    turn_count: int = 0
    pictures: tuple[bytes, ...] = ()  # small PNGs of what the prompt shows


def transcripts(
    examples: Sequence[Example], prompts: Mapping[str, str], scored: Container[str] = ()
) -> list[Transcript]:
    """What the page shows, few enough and short enough that it stays small; by suite and model.

    ``prompts`` are the texts of tasks by their digest, for those that are still at hand; ``scored`` are the
    suites that count scores.
    """
    cells = [list(of) for _, of in groupby(examples, key=lambda e: (e.suite, e.model))]
    most = max(2, _ENOUGH // max(1, len(cells)))
    chosen = [few for of in cells for few in [of if len(of) <= most else [*of[: most - 1], of[-1]]]]
    limit = min(_LONGEST, _CHARACTERS // max(1, sum(map(len, chosen))))
    turns = sum(len(example.turns or ()) for of in chosen for example in of)
    of_turn = min(_TURN, _CHARACTERS // max(1, turns))
    return [
        _transcript(
            example,
            _OF_SCORES.get(example.kind, example.kind) if example.suite in scored else example.kind,
            prompts.get(example.task_sha256, ""),
            limit,
            of_turn,
            f"t{cell}" if first == 0 else None,
        )
        for cell, of in enumerate(chosen)
        for first, example in enumerate(of)
    ]


def anchors(shown: Sequence[Transcript]) -> dict[SuiteAndModel, str]:
    """Where the transcripts of a cell begin."""
    return {(one.suite, one.model): one.anchor for one in shown if one.anchor}


def _transcript(
    example: Example, outcome: str, prompt: str, limit: int, of_turn: int, anchor: str | None
) -> Transcript:
    return Transcript(
        kind=example.kind,
        outcome=outcome,
        suite=example.suite,
        model=example.model,
        task_id=example.task_id,
        facts=facts(example),
        task_sha256=example.task_sha256,
        prompt=excerpt(prompt, limit),
        output=excerpt(example.output or "", limit, example.output_chars),
        verdict="\n".join(filter(None, (verdict(example), tests(example)))),
        anchor=anchor,
        turns=tuple(
            ("Model" if turn["role"] == "assistant" else "Shown to it",
             excerpt(turn["content"] or "", of_turn, turn["chars"]))
            for turn in example.turns or ()
        ),
        turn_count=example.turn_count or 0,
    )  # fmt: skip


def verdict(example: Example) -> str:
    """Why it failed, in the words of the grader or the engine."""
    return ": ".join(filter(None, (example.error_type, example.error)))


def tests(example: Example) -> str:
    """Which tests an answer passed, where its grader ran tests: a line for each."""
    ran = (object_of(example.metrics) or {}).get("tests")
    if not isinstance(ran, dict):
        return ""
    lines = [f"{'✓' if passed else '✗'} {name}" for name, passed in list(ran.items())[:_TESTS]]
    return "\n".join(lines if len(ran) <= _TESTS else [*lines, f"and {len(ran) - _TESTS} more"])


def facts(example: Example) -> str:
    """What is known of an answer, in a line."""
    parts = [
        example.category,
        example.difficulty,
        f"score {percent(example.score)}" if example.score not in (None, 0, 1) else "",
        f"took {seconds(example.latency_s)}" if example.latency_s is not None else "",
        f"cost {dollars(example.cost_usd)}" if example.cost_usd is not None else "",
        "cut off at the token limit" if example.finish_reason == "length" else "",
        f"run {example.run_id}",
    ]
    return " · ".join(filter(None, parts))
