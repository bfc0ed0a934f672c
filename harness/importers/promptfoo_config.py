"""A configuration of promptfoo as it is written: its prompts, and its tests with their defaults."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.files import inside, read_text
from harness.filesections import FileSection, expect_section, section_of
from harness.importers.items import items_of
from harness.importers.jsonl import optional
from harness.importers.results.base import ResultsFile
from harness.jsontext import read_json
from harness.yamlfile import read_yaml

FILE = "file://"
_CODE = (".js", ".cjs", ".mjs", ".ts", ".py", ".rb", ".sh", ".go")
_DATA = (".yaml", ".yml", ".json")
_TABLES = (".csv", ".tsv", ".jsonl", ".parquet")
_TEXTS = (".txt", ".md", ".j2", *_DATA)
_MOST = 10_000  # tests of one, by the values of its variables
_EXPECTED = re.compile(r"__expected\d*")
_SHORT = re.compile(  # an assertion in a cell
    r"(?P<type>(?:not-)?[a-z]+(?:-[a-z]+)*)(?:\((?P<threshold>[\d.]+)\))?(?::\s*(?P<value>.*))?", re.DOTALL
)
_TYPES_IN_CELLS = re.compile(
    r"(?:not-)?(?:equals|i?contains(?:-all|-any)?|contains-json|starts-with|regex|is-json|similar|javascript|fn|eval"
    r"|python|file|llm-rubric|grade|factuality|cost|latency|levenshtein|rouge-n|word-count|webhook|is-xml|is-sql)"
)
_OTHER_NAMES = {"fn": "javascript", "eval": "javascript", "grade": "llm-rubric"}


@dataclass(frozen=True, slots=True)
class PromptTest:
    """A test with its defaults. ``asserts`` are as written; ``skip`` says why it cannot be imported."""

    where: str
    description: str
    values: Mapping[str, Any]
    asserts: tuple[FileSection, ...]
    threshold: float | None
    around: tuple[str, str]  # what stands before and behind a prompt
    skip: str | None = None


def read_config(source: Path) -> FileSection:
    """The keys of a configuration. Raises ``ConfigError``."""
    value = read_json(source) if source.suffix == ".json" else read_yaml(source)
    config = (
        value
        if isinstance(value, FileSection)
        else section_of(value if isinstance(value, dict) else {}, source, 1)
    )
    for key in ("prompts", "tests") if "scenarios" not in config else ("prompts",):
        if not config.get(key):
            raise ConfigError(
                f"{config.where()}: {key!r} is missing; there are {', '.join(config) or 'no keys'}"
            )
    if config.get("nunjucksFilters"):
        raise ConfigError(
            f"{config.where('nunjucksFilters')}: 'nunjucksFilters' runs code, which is not imported"
        )
    return config


def prompts_of(config: FileSection) -> list[str]:
    """The templates of the prompts; a text file has several between lines of ``---``.

    Raises ``ConfigError``.
    """
    given, where = config["prompts"], config.where("prompts")
    templates: list[str] = []
    for prompt in given if isinstance(given, list) else [given]:
        written = prompt
        if isinstance(prompt, FileSection):
            written = prompt.get("raw") or prompt.get("id")
        if not isinstance(written, str):
            raise ConfigError(f"{where}: 'prompts' must be texts or files")
        templates += _prompts_in(written, config, where)
    return templates


def _prompts_in(written: str, config: FileSection, where: str) -> list[str]:
    is_file = written.startswith(FILE) or (
        "\n" not in written and "{{" not in written and written.endswith((*_TEXTS, *_CODE))
    )
    if not is_file:
        return [written]
    path = _beside(written, config.file.parent, where)
    text = read_text(path)
    return (
        [part.strip("\n") for part in re.split(r"^---\s*$", text, flags=re.MULTILINE)]
        if path.suffix == ".txt"
        else [text]
    )


def tests_of(config: FileSection) -> Iterator[PromptTest]:
    """The tests, those of scenarios too, one for each value of a variable that has several.

    Raises ``ConfigError``.
    """
    common = _defaults(config)
    for section in _sections(config.get("tests") or [], config, config.where("tests")):
        yield from _tests(section, common, config)
    where = config.where("scenarios")
    for scenario in _sections(config.get("scenarios") or [], config, where):
        settings = _sections(scenario.get("config") or [{}], config, where)
        for setting, section in itertools.product(
            settings, list(_sections(scenario.get("tests") or [{}], config, where))
        ):
            variables = {**_variables(setting, config), **_variables(section, config)}
            merged = section.over(setting, vars=section_of(variables, section.file, section.line))
            yield from _tests(merged, common, config)


def _defaults(config: FileSection) -> FileSection:
    given, where = config.get("defaultTest") or {}, config.where("defaultTest")
    (section,) = _sections([given], config, where)
    return section


def _sections(given: Any, config: FileSection, where: str) -> Iterator[FileSection]:
    """The tests in a list, or in files that it names."""
    for entry in given if isinstance(given, list) else [given]:
        if isinstance(entry, str):
            path = _beside(entry, config.file.parent, where)
            if ResultsFile(path).name.endswith(_TABLES):
                yield from map(_of_row, items_of(path))
            else:
                value = read_json(path) if path.suffix == ".json" else read_yaml(path)
                for each in value if isinstance(value, list) else [value]:
                    yield each if isinstance(each, FileSection) else section_of(each, path, 1)
        elif isinstance(entry, FileSection):
            yield entry
        elif entry == {}:
            yield section_of({}, config.file, config.line)
        else:
            raise ConfigError(f"{where}: a test must be a mapping, or a file")


def _beside(written: str, folder: Path, where: str) -> Path:
    """The file of somebody else that is named, which must lie in the folder and be no program."""
    name = written.removeprefix(FILE)
    if "://" in written and not written.startswith(FILE):
        raise ConfigError(f"{where}: {written!r:.80} is elsewhere; get it, and name the file")
    if name.partition(":")[0].endswith(_CODE):
        raise ConfigError(f"{where}: {name!r:.80} is a program, which is not imported")
    try:
        return inside(folder, folder / name)
    except ValueError as error:
        raise ConfigError(f"{where}: {error}") from None


def _of_row(item: FileSection) -> FileSection:
    """A test that is a row of a table: columns are variables, but for those with two underscores."""
    variables = {name: value for name, value in item.items() if not name.startswith("__")}
    if any(isinstance(item.get(name), dict | list) for name in ("vars", "assert")):
        return item
    asserts = [
        _in_cell(str(value))
        for name, value in item.items()
        if _EXPECTED.fullmatch(name) and str(value or "").strip()
    ]
    test = {"vars": variables, "assert": asserts, "description": item.get("__description") or ""}
    options = {name: item[f"__{name}"] for name in ("prefix", "suffix") if item.get(f"__{name}")}
    return section_of({**test, "options": options}, item.file, item.line)


def _in_cell(cell: str) -> dict[str, Any]:
    """``contains: x`` and the like; anything else is what the answer must equal."""
    match = _SHORT.fullmatch(cell.strip())
    if (
        match is None
        or not _TYPES_IN_CELLS.fullmatch(match["type"])
        or (match["value"] is None and "-" not in match["type"])
    ):
        return {"type": "equals", "value": cell.strip()}
    assertion: dict[str, Any] = {"type": _OTHER_NAMES.get(match["type"], match["type"])}
    if match["value"]:
        assertion["value"] = match["value"].strip()
    return assertion


def _tests(section: FileSection, common: FileSection, config: FileSection) -> Iterator[PromptTest]:
    where = section.where()
    options = {
        name: value
        for each in (common, section)
        for name, value in optional(each, "options", {}, Mapping[str, Any]).items()
    }
    variables = {**_variables(common, config), **_variables(section, config)}
    own = optional(section, "assert", (), tuple[Any, ...])
    shared = () if options.get("disableDefaultAsserts") else optional(common, "assert", (), tuple[Any, ...])
    asserts = tuple(_assertion(each, config, section) for each in [*shared, *own])
    threshold = section.get("threshold", common.get("threshold"))
    code = [key for key in ("transform", "postprocess", "transformVars") if options.get(key)]
    skip = f"the option {code[0]!r} runs code, which is not imported" if code else None
    several = {
        name: value
        for name, value in variables.items()
        if isinstance(value, list) and not options.get("disableVarExpansion")
    }
    choices = list(itertools.islice(itertools.product(*several.values()), _MOST + 1))
    if len(choices) > _MOST:
        raise ConfigError(f"{where}: 'vars' stand for more than {_MOST:,} tests")
    for chosen in choices:
        yield PromptTest(
            where,
            str(section.get("description") or ""),
            {**variables, **dict(zip(several, chosen, strict=True))},
            asserts,
            threshold if isinstance(threshold, int | float) and not isinstance(threshold, bool) else None,
            (str(options.get("prefix") or ""), str(options.get("suffix") or "")),
            skip,
        )


def _variables(section: FileSection, config: FileSection) -> dict[str, Any]:
    """The variables of a test; those that are files stand for what these hold."""
    given, where = section.get("vars") or {}, section.where("vars")
    if isinstance(given, str):
        (path,) = [_beside(given, config.file.parent, where)]
        given = expect_section(read_yaml(path), f"{path}:1", "'vars'")
    variables = expect_section(given or section_of({}, section.file, section.line), where, "'vars'")
    return {
        name: _content(value, config, where) if isinstance(value, str) and value.startswith(FILE) else value
        for name, value in variables.items()
    }


def _content(written: str, config: FileSection, where: str) -> Any:
    path = _beside(written, config.file.parent, where)
    if path.suffix in _DATA:
        return read_json(path) if path.suffix == ".json" else read_yaml(path)
    return read_text(path).strip()


def _assertion(given: Any, config: FileSection, section: FileSection) -> FileSection:
    """An assertion, a reference to a template of one, with its file read."""
    where = section.where("assert")
    if isinstance(given, str):
        given = section_of(_in_cell(given), section.file, section.line)
    assertion = expect_section(given, where, "an assertion")
    if isinstance(reference := assertion.get("$ref"), str):
        name = reference.rpartition("/")[2]
        template = optional(config, "assertionTemplates", {}, Mapping[str, Any]).get(name)
        if template is None:
            raise ConfigError(f"{where}: 'assertionTemplates' has no {name!r}")
        assertion = expect_section(template, config.where("assertionTemplates"), "an assertion")
    if isinstance(value := assertion.get("value"), str) and value.startswith(FILE):
        if value.partition(":")[2].rpartition(":")[0].endswith(_CODE) or value.endswith(_CODE):
            return assertion.over(assertion, type="javascript", value="")
        return assertion.over(assertion, value=_content(value, config, where))
    return assertion


def texts_within(assertions: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The texts in values of assertions, which may be templates."""
    for assertion in assertions:
        value = assertion.get("value")
        yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str))
        yield from texts_within([one for one in assertion.get("assert") or () if isinstance(one, dict)])
