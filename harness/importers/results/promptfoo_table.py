"""``promptfoo eval -o FILE.csv``: a row a test, and for each prompt and provider a column or several."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence

from harness.importers.base import task_id
from harness.importers.results.base import Choices, ImportedSample, ResultsFile, mapping
from harness.importers.results.delimited import read_table

_COLUMN = re.compile(r"\[(?P<provider>[^\]]+)\] ?(?P<prompt>.*)", re.DOTALL)
# Until 2024 a cell held everything: "[PASS] (1.00) the answer".
_CELL = re.compile(r"\[(PASS|FAIL|ERROR)\]\s*(?:\((-?[\d.]+)[^)]*\))?\s*(.*)", re.DOTALL)
_WORDS = 40  # characters of a test's description or variables in its id
_VERDICTS = {"PASS": True, "FAIL": False, "ERROR": None}


def is_promptfoo(columns: Sequence[str]) -> bool:
    """Whether a table with these columns is promptfoo's."""
    return any(map(_COLUMN.fullmatch, columns))


def read_csv(source: ResultsFile, choices: Choices) -> Iterator[ImportedSample]:
    """A result for each test and column. The same test again is a repeat."""
    table = read_table(source)
    starts = [index for index, name in enumerate(table.columns) if _COLUMN.fullmatch(name)]
    ends = [*starts[1:], len(table.columns)]
    heads = [_head(table.columns[start]) for start in starts]
    several = len(set(heads)) > len({model for model, _ in heads})
    for where, cells in table.rows:
        variables = cells[: starts[0]]
        for (model, prompt), start, end in zip(heads, starts, ends, strict=True):
            parts = dict(zip(table.columns[start + 1 : end], cells[start + 1 : end], strict=True))
            verdict, score, output = _cell(cells[start], parts)
            if not verdict:
                continue  # this prompt was not for this provider
            question = json.dumps([table.columns[: starts[0]], variables, prompt if several else ""])
            passed, share = choices.judged(score, where, _VERDICTS[verdict])
            yield ImportedSample(
                suite=source.stem,
                task_id=test_id(" ".join(variables), question),
                model=model,
                question=question,
                passed=passed,
                score=share,
                grader="promptfoo",
                error=output or "failed" if verdict == "ERROR" else None,
                output=None if verdict == "ERROR" else output,
            )


def test_id(words: str, question: str) -> str:
    """A task's id that is the same in every file with this test: some words of it, and its digest."""
    digest = hashlib.sha256(question.encode()).hexdigest()[:8]
    return f"{task_id(words[:_WORDS]) or 'test'}-{digest}"


def provider_name(provider: object) -> str | None:
    """``openai:gpt-4o-mini`` (or its label) as models are called here."""
    about = mapping(provider)
    name = provider if isinstance(provider, str) else about.get("label") or about.get("id")
    return name.replace(":", "/") if isinstance(name, str) and name else None


def _head(column: str) -> tuple[str, str]:
    """The model and the prompt that a column is titled with."""
    head = _COLUMN.fullmatch(column)
    return (provider_name(head["provider"]) or "unknown", head["prompt"]) if head else ("unknown", column)


def _cell(cell: str, parts: Mapping[str, str]) -> tuple[str, str | None, str]:
    """Verdict (empty: none), score and output of a cell and the columns that belong to it."""
    if parts.get("Status") in _VERDICTS:
        return parts["Status"], parts.get("Score") or None, cell
    whole = _CELL.fullmatch(cell.strip())
    return (whole[1], whole[2], whole[3]) if whole else ("", None, "")
