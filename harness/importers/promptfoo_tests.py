"""Tests of promptfoo: a task for each test and prompt, judged by those assertions that a program decides.

A test with an assertion that runs code, asks a model or measures the provider is skipped with that reason.
The answer that must pass is made from the assertions (``passing``); a test for which none can be made is
skipped too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.filesections import FileSection
from harness.importers.base import ImportedSuite, TaskEntry, finished, task_id
from harness.importers.items import Draft, named
from harness.importers.passing import failing_answer, passing_answer
from harness.importers.promptfoo_config import PromptTest, prompts_of, read_config, tests_of, texts_within
from harness.importers.templates import Job, Unfilled, fill_each
from harness.jsontext import parse

_DECIDED = (
    *("equals", "contains", "icontains", "contains-all", "contains-any", "icontains-all", "icontains-any"),
    *("starts-with", "regex", "is-json", "contains-json", "word-count", "assert-set"),
)
_CODE = ("javascript", "python", "ruby", "webhook")
_JUDGED = (
    *(
        "llm-rubric",
        "model-graded-closedqa",
        "model-graded-factuality",
        "factuality",
        "g-eval",
        "answer-relevance",
    ),
    *(
        "context-faithfulness",
        "context-recall",
        "context-relevance",
        "select-best",
        "max-score",
        "similar",
        "pi",
    ),
    *("classifier", "moderation", "guardrails", "agent-rubric", "search-rubric", "conversation-relevance"),
)
_MEASURED = ("cost", "latency", "perplexity", "perplexity-score", "finish-reason")
_WORDS = 40  # characters of a test's description in its id
_ROLES = ("system", "user", "assistant")


def read(source: Path) -> ImportedSuite:
    """The tasks of a configuration. Raises ``ConfigError``."""
    config = read_config(source)
    prompts = prompts_of(config)
    tests = list(tests_of(config))
    filled = _Filler(source, prompts, tests)
    drafts = [
        Draft(test.where, task_id(test.description[:_WORDS]) or "test", _entry(filled, test, prompt))
        for test in tests
        for prompt in prompts
    ]
    tasks, left_out = named(drafts)
    return finished(
        ImportedSuite(
            language="en",
            description=str(
                config.get("description") or f"Tests of prompts, imported from {source.name} (promptfoo)."
            ),
            tasks=tasks,
            left_out=left_out,
            category="writing",
            role="general",
        ),
        source,
    )


class _Filler:
    """The templates of all tests, filled at once."""

    def __init__(self, source: Path, prompts: Sequence[str], tests: Sequence[PromptTest]) -> None:
        nested = [
            (test, name, value)
            for test in tests
            for name, value in test.values.items()
            if isinstance(value, str) and "{{" in value
        ]
        jobs = [Job(value, test.values, test.where) for test, _, value in nested]
        values = {id(test): dict(test.values) for test in tests}
        for (test, name, _), text in zip(nested, fill_each(jobs, source, strict=False), strict=True):
            if isinstance(text, str):
                values[id(test)][name] = text
        wanted = [
            (test, template)
            for test in tests
            for template in dict.fromkeys((*prompts, *test.around, *texts_within(test.asserts)))
        ]
        jobs = [Job(template, values[id(test)], test.where) for test, template in wanted]
        self._texts = {
            (id(test), template): text
            for (test, template), text in zip(wanted, fill_each(jobs, source, strict=False), strict=True)
        }

    def text(self, test: PromptTest, template: str) -> str:
        """Raises ``ConfigError`` where the template cannot be filled."""
        text = self._texts[id(test), template]
        if isinstance(text, Unfilled):
            raise ConfigError(f"{test.where}: {template!r:.60}: {text.reason}")
        return text


def _entry(filled: _Filler, test: PromptTest, prompt: str) -> TaskEntry:
    """The task of a test with a prompt."""
    before, behind = (filled.text(test, each) for each in test.around)
    question = _question(f"{before}{filled.text(test, prompt)}{behind}", test.where)
    asserts = [_filled(filled, test, assertion) for assertion in test.asserts]
    skip = test.skip or next(_reasons(test.asserts), None if asserts else "the test asserts nothing")
    if skip:
        return {**question, "grader": "exact", "reference": "yes", "wrong": ["no"], "skip": skip}
    options: dict[str, Any] = {"all": asserts}
    if test.threshold is not None:
        options["threshold"] = test.threshold
    grader = {"assertions": options}
    answers = {"reference": passing_answer(asserts), "wrong": [failing_answer(asserts)]}
    return {**question, "grader": grader, **answers}


def _question(text: str, where: str) -> TaskEntry:
    """A prompt, which may be a chat as JSON."""
    value: Any = None
    if text.lstrip().startswith("["):
        try:
            value = parse(text)
        except ValueError:
            value = None
    if not isinstance(value, list) or not all(isinstance(turn, dict) and "role" in turn for turn in value):
        if not text.strip():
            raise ConfigError(f"{where}: a prompt is empty")
        return {"prompt": text}
    for turn in value:
        if turn["role"] not in _ROLES or not isinstance(turn.get("content"), str):
            raise ConfigError(
                f"{where}: a turn must have one of the roles {', '.join(_ROLES)}, and text as content"
            )
    return {"messages": [{"role": turn["role"], "content": turn["content"]} for turn in value]}


def _filled(filled: _Filler, test: PromptTest, assertion: Mapping[str, Any]) -> dict[str, Any]:
    """An assertion with its value filled, without keys that the grader lacks."""
    kept = {key: assertion[key] for key in ("type", "weight", "threshold") if assertion.get(key) is not None}
    value = assertion.get("value")
    if isinstance(value, str):
        kept["value"] = filled.text(test, value)
    elif isinstance(value, list):
        kept["value"] = [filled.text(test, each) if isinstance(each, str) else each for each in value]
    elif value is not None:
        kept["value"] = value
    if "assert" in assertion:
        kept["assert"] = [
            _filled(filled, test, each) for each in assertion["assert"] if isinstance(each, dict)
        ]
    return kept


def _reasons(assertions: Sequence[FileSection]) -> Iterator[str]:
    """Why assertions cannot be imported."""
    for assertion in assertions:
        kind = str(assertion.get("type")).removeprefix("not-")
        if assertion.get("transform") or kind in _CODE:
            yield f"the assertion {kind} runs code, which is not imported"
        elif kind in _JUDGED:
            yield f"the assertion {kind} asks a model, which is not imported"
        elif kind in _MEASURED:
            yield f"the assertion {kind} is about the provider, not about the answer"
        elif kind not in _DECIDED:
            yield f"the assertion {kind} is not known here"
        yield from _reasons([one for one in assertion.get("assert") or () if isinstance(one, FileSection)])
