"""Output of ``promptfoo eval -o FILE``: ``.json`` (versions 2 to 4), ``.yaml``, ``.jsonl`` and ``.csv``."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from harness.errors import ConfigError
from harness.importers.results.base import (
    YAML,
    Choices,
    ImportedSample,
    ResultsFile,
    count,
    listing,
    mapping,
    number,
    text,
    utc,
)
from harness.importers.results.delimited import read_table
from harness.importers.results.promptfoo_table import is_promptfoo, provider_name, read_csv, test_id
from harness.yamlfile import read_yaml

_FAILED_TO_RUN = 2  # failureReason: 0 none, 1 an assertion, 2 an error
Result = Mapping[str, Any]


def read(source: ResultsFile, choices: Choices) -> Iterator[ImportedSample]:
    """Every result: one a test, prompt, provider and repeat. The suite is the configuration's description.

    A test is known by what it asks and asserts, since its number counts repeats too, and the number
    of a prompt counts providers.
    """
    if source.name.endswith(".csv") and is_promptfoo(read_table(source).columns):
        yield from read_csv(source, choices)
        return
    summary, config = _parts(source)
    results = [mapping(result) for result in listing(summary.get("results"))]
    suite = text(config.get("description")) or source.stem
    started_at = utc(summary.get("timestamp") or summary.get("createdAt"))
    tests, prompts, models = _tests(results), _prompts(results), _models(results, summary)
    several = len(set(zip(models, prompts, strict=True))) > len(set(models))
    for result, test, prompt, model in zip(results, tests, prompts, models, strict=True):
        question = json.dumps([test, prompt if several else ""])
        task = test_id(_words(result), question)
        yield _measured(result, suite, task, model, question, started_at, choices)


def _parts(source: ResultsFile) -> tuple[Result, Result]:
    """The summary, which holds the results, and the configuration."""
    if source.is_json and not mapping(source.first()).keys() & {"results", "table", "body"}:
        return {"results": [value for _, value in source.items()]}, {}
    whole = read_yaml(source.path) if source.name.endswith(YAML) else source.value
    data = mapping(whole)
    summary = data if isinstance(data.get("results"), list) else mapping(data.get("results"))
    if not listing(summary.get("results")):
        table = next((part["table"] for part in (summary, data) if "table" in part), data)
        summary = {**summary, "results": _of_table(mapping(table))}
    if not summary["results"]:
        raise ConfigError(f"{source.path}: no promptfoo output: it has neither `results.results` nor a table")
    return summary, mapping(data.get("config"))


def _of_table(table: Result) -> list[Result]:
    """The results in a table, which is all that the viewer exports, and some files of version 2 have."""
    head = mapping(table.get("head"))
    names, prompts = listing(head.get("vars")), listing(head.get("prompts"))
    results: list[Result] = []
    for row_number, row in enumerate(map(mapping, listing(table.get("body")))):
        variables = {str(name): value for name, value in zip(names, listing(row.get("vars")), strict=False)}
        for column, output in enumerate(map(mapping, listing(row.get("outputs")))):
            prompt = mapping(prompts[column]) if column < len(prompts) else {}
            usage = {"output": output.get("text"), "tokenUsage": output.get("tokenUsage")}
            here = {"promptIdx": column, "testIdx": row_number, "vars": variables, "prompt": prompt}
            about = {"testCase": mapping(row.get("test")), "description": row.get("description")}
            if output:  # this prompt was for this provider
                response = mapping(output.get("response")) or usage
                provider = output.get("provider") or prompt.get("provider")
                verdict = {"success": output.get("pass"), "response": response, "provider": provider}
                results.append({**output, **here, **about, **verdict})
    return results


def _tests(results: Sequence[Result]) -> list[str]:
    """What tells each result's test from others: description, variables, and assertions.

    Version 2 gives assertions with the verdicts alone, so that they are not known of a result that failed
    to run; there they count only where tests would be one without them.
    """
    bases, asserts = [], []
    kinds: dict[str, set[str]] = defaultdict(set)
    for result in results:
        case = mapping(result.get("testCase"))
        variables = case.get("vars") if "vars" in case else result.get("vars")
        base = json.dumps([case.get("description") or result.get("description"), variables], sort_keys=True)
        checks = case["assert"] if case.get("assert") else _asserted(result)
        bases.append(base)
        asserts.append(json.dumps(checks, sort_keys=True) if checks else "")
        kinds[base] |= {asserts[-1]} - {""}
    return [f"{b} {a}" if len(kinds[b]) > 1 else b for b, a in zip(bases, asserts, strict=True)]


def _asserted(result: Result) -> list[Any]:
    components = listing(mapping(result.get("gradingResult")).get("componentResults"))
    return [mapping(component).get("assertion") for component in components]


def _prompts(results: Sequence[Result]) -> list[str]:
    """Each result's prompt before variables are filled in: its id, else its label."""
    of = [mapping(result.get("prompt")) for result in results]
    return [
        str(result.get("promptId") or prompt.get("label") or prompt.get("display") or "")
        for result, prompt in zip(results, of, strict=True)
    ]


def _models(results: Sequence[Result], summary: Result) -> list[str]:
    """Each result's model. One that is asked under two configurations has columns, and names, for each."""
    table = mapping(mapping(summary.get("table")).get("head"))
    heads = listing(summary.get("prompts")) or listing(table.get("prompts"))
    names, columns = [], defaultdict[tuple[str, str], dict[int | None, None]](dict)
    prompts = _prompts(results)
    for result, prompt in zip(results, prompts, strict=True):
        column = count(result.get("promptIdx"))
        head = mapping(heads[column]) if column is not None and column < len(heads) else {}
        names.append(
            provider_name(result.get("provider")) or provider_name(head.get("provider")) or "unknown"
        )
        columns[names[-1], prompt].setdefault(column)
    order = {key: sorted(asked, key=lambda column: column or 0) for key, asked in columns.items()}
    numbers = [
        order[name, prompt].index(count(result.get("promptIdx")))
        for name, prompt, result in zip(names, prompts, results, strict=True)
    ]
    return [f"{name}#{n + 1}" if n else name for name, n in zip(names, numbers, strict=True)]


def _words(result: Result) -> str:
    """What a reader knows the test by: its description, else its variables."""
    case = mapping(result.get("testCase"))
    variables = mapping(case.get("vars") or result.get("vars"))
    words = case.get("description") or result.get("description")
    return str(words or " ".join(text(value) or "" for value in variables.values()))


def _measured(
    result: Result, suite: str, task: str, model: str, question: str, started_at: str | None, choices: Choices
) -> ImportedSample:
    response = mapping(result.get("response"))
    usage = mapping(response.get("tokenUsage") or result.get("tokenUsage"))
    reason = result.get("failureReason")
    unjudged = reason is None and bool(result.get("error")) and not result.get("gradingResult")
    failed = reason == _FAILED_TO_RUN or unjudged
    milliseconds = number(result.get("latencyMs"))
    cached = response.get("cached") is True  # then the time is that of the cache
    score = number(result.get("score"))
    on_scale = score is not None and not failed and 0 <= score <= (choices.scale or 1.0)
    passed, share = choices.judged(score if on_scale else None, task, None if failed else _success(result))
    return ImportedSample(
        suite=suite,
        task_id=task,
        model=model,
        question=question,
        passed=passed,
        score=share,
        grader="promptfoo",
        error=text(result.get("error")) or "failed" if failed else None,
        output=text(response.get("output")),
        finish_reason=text(response.get("finishReason")),
        started_at=started_at,
        latency_s=None if milliseconds is None or cached else milliseconds / 1000,
        prompt_tokens=count(usage.get("prompt")) or None,  # it writes 0 where it does not know
        completion_tokens=count(usage.get("completion")) if usage.get("prompt") else None,
        reasoning_tokens=count(mapping(usage.get("completionDetails")).get("reasoning")) or None,
        cost_usd=number(result.get("cost")) or None,  # 0 likewise
        category=text(mapping(mapping(result.get("testCase")).get("metadata")).get("category")),
        sample=text(result.get("id")),
    )


def _success(result: Result) -> bool:
    grading = mapping(result.get("gradingResult"))
    return (result.get("success") if "success" in result else grading.get("pass")) is True
