"""Tasks of lm-evaluation-harness: YAML with templates, beside data in files.

``generate_until`` is graded by its first filter pipeline that is certain (regex, take_first, white space,
case) and by ``exact_match``. ``multiple_choice``, which lm-eval decides by likelihoods, asks for the letter
or the words of a choice. Templates run in a process of their own (``templates``); code (``!function``) never
does.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.filesections import FileSection, convert, expect_section
from harness.importers.answers import Graded, by_choice, by_label, is_short
from harness.importers.base import ImportedSuite, TaskEntry, finished, task_id
from harness.importers.items import Draft, named
from harness.importers.jsonl import optional
from harness.importers.lm_eval_config import read_config, read_documents
from harness.importers.specimen import specimen
from harness.importers.templates import Job, fill
from harness.words import counted

_ANSWER_TOKENS = 256  # where the file says nothing
_STOPS = 4  # that every endpoint takes
_CERTAIN = ("take_first", "remove_whitespace", "lowercase", "uppercase", "strip")
_FEW = 3  # wrong answers
_PLACE = "\0"  # of an answer in a text that a pattern finds


_TEMPLATES = ("description", "doc_to_text", "doc_to_target", "doc_to_choice")
_LITERAL = 100_000  # characters of a list that a template writes


@dataclass(frozen=True, slots=True)
class _Filled:
    """A document with its templates filled.

    ``target`` is a text, a place among the choices, or a list of either.
    """

    document: FileSection
    description: str
    text: str
    target: Any
    choices: tuple[str, ...]


def read(source: Path, data: Path | None = None) -> ImportedSuite:
    """The tasks of a task file; ``data`` stands for its documents. Raises ``ConfigError``."""
    config = read_config(source)
    options = _options(config)
    documents = read_documents(config, data)
    examples, left_out = _examples(config, documents.shown)
    filled = _fill(config, [*examples, *documents.asked], source)
    shown, asked = filled[: len(examples)], filled[len(examples) :]
    between = config.get("fewshot_delimiter", "\n\n")
    before = "".join(_joined(_example(one, config), between) for one in shown)
    judged = (
        [_by_choice(config, one) for one in asked] if options is None else _by_texts(config, asked, options)
    )
    stops = _stops(config)
    more = {"stop": stops} if stops else {}
    drafts = [
        Draft(
            one.document.where(),
            task_id(config["task"]) or "task",
            {**_task(_joined(one.description, between, before + one.text), answer), **more},
        )
        for one, answer in zip(asked, judged, strict=True)
    ]
    tasks, repeated = named(drafts)
    return finished(
        ImportedSuite(
            language="en",
            description=f"The task {config['task']} of lm-evaluation-harness, imported from {source.name}.",
            tasks=tasks,
            max_tokens=_tokens(config),
            left_out={**left_out, **repeated},
            category="analysis",
            role="analyst",
        ),
        source,
    )


def _task(context: str, answer: Graded) -> TaskEntry:
    """A task whose prompt ends as the task file has it, and begins with what is asked for."""
    listed, _, ask = answer.ask.rpartition("\n\n")
    if listed:
        context = f"{context.rstrip().removesuffix('Answer:').rstrip()}\n{listed}\nAnswer:"
    return {"prompt": f"{ask}\n\n{context}" if ask else context, **answer.answer}


def _fill(config: FileSection, documents: Sequence[FileSection], source: Path) -> list[_Filled]:
    """The documents with their templates filled. Raises ``ConfigError`` naming the key of a template."""
    for key in ("doc_to_text", "doc_to_target"):
        if key not in config:
            raise ConfigError(f"{config.where()}: {key!r} is missing")
    places = [
        (document, key)
        for document in documents
        for key in _TEMPLATES
        if isinstance(config.get(key), str) and config[key] not in document
    ]
    jobs = [
        Job(config[key], document, f"{config.where(key)}: {key!r} of {document.where()}")
        for document, key in places
    ]
    texts = dict(zip(((id(document), key) for document, key in places), fill(jobs, source), strict=True))

    def value(document: FileSection, key: str) -> Any:
        written = config.get(key)
        if (id(document), key) in texts:
            return texts[id(document), key]
        return document[written] if isinstance(written, str) else written

    return [
        _filled(config, document, {key: value(document, key) for key in _TEMPLATES}) for document in documents
    ]


def _filled(config: FileSection, document: FileSection, values: Mapping[str, Any]) -> _Filled:
    choices, target, text = values["doc_to_choice"], values["doc_to_target"], values["doc_to_text"]
    if isinstance(choices, str):
        choices = _literal(choices)
        if not isinstance(choices, list | tuple):
            raise ConfigError(
                f"{config.where('doc_to_choice')}: 'doc_to_choice' of {document.where()} is no list"
            )
    if isinstance(choices, dict):
        choices = list(choices.values())
    if isinstance(target, str) and target.isdigit() and choices is not None:
        target = int(target)
    elif isinstance(target, str) and target.startswith("[") and target.endswith("]"):
        target = _literal(target) or target
    if (
        not isinstance(text, str)
        or not isinstance(values["description"] or "", str)
        or (choices is not None and text.isdigit())
    ):
        raise ConfigError(
            f"{config.where('doc_to_text')}: 'doc_to_text' of {document.where()} must give text; "
            "tasks with several beginnings of one ending are not imported"
        )
    return _Filled(document, values["description"] or "", text, target, tuple(map(str, choices or ())))


def _literal(text: str) -> Any:
    """A list as Python writes it; ``None`` where it is none."""
    try:
        return ast.literal_eval(text) if len(text) <= _LITERAL else None
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _examples(
    config: FileSection, documents: Sequence[FileSection]
) -> tuple[list[FileSection], dict[str, str]]:
    """The examples that every prompt shows; of those that lm-eval draws at random, only a remark."""
    count = config.get("num_fewshot") or 0
    name = f"{counted(count, 'example')} in every prompt"
    given = config.get("fewshot_config") or {}
    samples = given.get("samples")
    if isinstance(samples, list):
        where = config.where("fewshot_config")
        sections = [
            expect_section(each, where, f"example {number}") for number, each in enumerate(samples, 1)
        ]
        return sections[: count or len(sections)], {}
    if count and given.get("sampler") == "first_n" and len(documents) >= count:
        return list(documents[:count]), {}
    return [], {name: "drawn at random, or from data that are elsewhere"} if count else {}


def _example(one: _Filled, config: FileSection) -> str:
    """An example with its answer, as it stands before the question."""
    target = one.target[0] if isinstance(one.target, list) and one.target else one.target
    answer = one.choices[target] if isinstance(target, int) and target < len(one.choices) else str(target)
    return _joined(one.text, config.get("target_delimiter", " "), answer)


def _joined(first: str, between: str, second: str = "") -> str:
    """Two texts, with what stands between them where neither brings its own white space."""
    bare = first and not first[-1].isspace() and not second[:1].isspace()
    return f"{first}{between}{second}" if bare else f"{first}{second}"


def _options(config: FileSection) -> dict[str, Any] | None:
    """Those of the grader of texts; ``None`` where a choice is asked for. Raises ``ConfigError``."""
    kind = config.get("output_type", "generate_until")
    if kind == "multiple_choice":
        return None
    if kind != "generate_until":
        raise ConfigError(f"{config.where('output_type')}: 'output_type': {kind!r:.40} is not imported")
    return {**_forgiven(config), **_pipeline(config)}


def _by_texts(config: FileSection, asked: Sequence[_Filled], options: Mapping[str, Any]) -> list[Graded]:
    """By what is read out of an answer; wrong are the answers to other questions."""
    answers = [[_whole(way, options) for way in _targets(config, one)] for one in asked]
    firsts = list(dict.fromkeys(first for first, *_ in answers))
    judged = []
    for first, *ways in answers:
        wrong = [other for other in firsts if other not in (first, *ways)][:_FEW] or ["I do not know."]
        accept = {"accept": ways} if ways else {}
        judged.append(Graded({"exact": {**options, **accept}}, first, tuple(wrong), ""))
    return judged


def _targets(config: FileSection, one: _Filled) -> list[str]:
    """The ways in which a right answer may be written."""
    ways = [str(way) for way in (one.target if isinstance(one.target, list) else [one.target])]
    if not ways or not ways[0].strip():
        where = config.where("doc_to_target")
        raise ConfigError(f"{where}: 'doc_to_target' of {one.document.where()} gives nothing")
    return ways


def _whole(answer: str, options: Mapping[str, Any]) -> str:
    """An answer out of which the pattern takes this one."""
    pattern = options.get("pattern")
    before = (specimen(pattern, _PLACE) or "").partition(_PLACE)[0] if pattern else ""
    if pattern is None or (before.strip() and before in answer):
        return answer
    return specimen(pattern, answer.strip()) or answer


def _by_choice(config: FileSection, one: _Filled) -> Graded:
    where = f"{config.where('doc_to_target')}: 'doc_to_target' of {one.document.where()}"
    if len(one.choices) < 2:
        raise ConfigError(f"{config.where('doc_to_choice')}: 'doc_to_choice' gives fewer than two choices")
    if isinstance(one.target, list) and len(one.target) != 1:
        return Graded({"exact": {}}, "several", ("?",), "", "several choices are right, or none")
    target = one.target[0] if isinstance(one.target, list) else one.target
    place = one.choices.index(target) if isinstance(target, str) and target in one.choices else target
    if not isinstance(place, int) or not 0 <= place < len(one.choices):
        raise ConfigError(f"{where} is none of the {len(one.choices)} choices: {target!r:.40}")
    if is_short(one.choices):
        return by_label([choice.strip() for choice in one.choices], one.choices[place].strip())
    return by_choice(one.choices, place)


def _forgiven(config: FileSection) -> dict[str, Any]:
    """What ``exact_match`` forgives.

    Raises ``ConfigError`` where the task is scored by other metrics alone.
    """
    metrics = config.get("metric_list") or [{"metric": "exact_match"}]
    where = config.where("metric_list")
    sections = [expect_section(metric, where, "a metric") for metric in metrics]
    exact = next((section for section in sections if section.get("metric") in ("exact_match", "acc")), None)
    if exact is None:
        names = ", ".join(str(section.get("metric")) for section in sections)
        raise ConfigError(f"{where}: 'metric_list': none of {names} is computed here; exact_match is")
    options: dict[str, Any] = {
        key: True for key in ("ignore_case", "ignore_punctuation") if exact.get(key) is True
    }
    ignored = [*convert(exact.get("regexes_to_ignore") or [], tuple[str, ...], exact, "regexes_to_ignore")]
    ignored += ["[0-9]"] if exact.get("ignore_numbers") is True else []
    return {**options, "ignore": ignored} if ignored else options


def _pipeline(config: FileSection) -> dict[str, Any]:
    """The first filter pipeline of which the outcome is certain.

    Raises ``ConfigError`` where there is none.
    """
    where = config.where("filter_list")
    pipelines = config.get("filter_list") or []
    for pipeline in pipelines:
        steps = optional(pipeline, "filter", (), tuple[Mapping[str, Any], ...])
        patterns = [step for step in steps if step.get("function") == "regex"]
        if len(patterns) > 1 or any(step.get("function") not in (*_CERTAIN, "regex") for step in steps):
            continue
        options: dict[str, Any] = {}
        for step in patterns:
            options["pattern"] = optional(step, "regex_pattern", r"#### (\-?[0-9\.\,]+)")
            options["which"] = optional(step, "group_select", 0, int)
        if any(step.get("function") in ("lowercase", "uppercase") for step in steps):
            options["ignore_case"] = True
        return options
    if pipelines:
        raise ConfigError(
            f"{where}: 'filter_list': no pipeline is of {', '.join((*_CERTAIN, 'regex'))} alone"
        )
    return {}


def _stops(config: FileSection) -> list[str]:
    """What ends an answer."""
    given = config.get("generation_kwargs")
    until = optional(given, "until", (), str | tuple[str, ...]) if given else ()
    return [stop for stop in ([until] if isinstance(until, str) else until) if stop][:_STOPS]


def _tokens(config: FileSection) -> int:
    given = config.get("generation_kwargs", {})
    tokens = next(
        (given[key] for key in ("max_gen_toks", "max_tokens", "max_new_tokens") if key in given), None
    )
    return tokens if type(tokens) is int and tokens > 0 else _ANSWER_TOKENS
