"""``suites/NAME/`` → records. The format is described in ``docs/suites.md``."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Annotated, Any, get_args

from harness.documents import Document
from harness.drawings import Drawing
from harness.errors import ConfigError
from harness.fieldtypes import Between, Length
from harness.files import inside, read_bounded
from harness.filesections import FileSection, check_keys, expect_section, read_record, section_of
from harness.jsontext import read_json_lines
from harness.messages import Message
from harness.names import choose
from harness.paths import builtin_suites
from harness.records import Difficulty, GraderSpec, Measure, Policy, Suite, Task
from harness.suites import coded, folders, graphs
from harness.suites.batches import batched
from harness.suites.coded import has_code
from harness.suites.folders import has_tree
from harness.suites.generator import expand
from harness.yamlfile import read_yaml

_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
_PLACE = re.compile(r"\{(\w+)\}")
_IMAGE = 32 << 20  # bytes of a picture


@dataclass(frozen=True, slots=True)
class SuiteHead:
    """``suite.yaml``: what is known of a suite before its tasks are read."""

    name: str
    version: str
    category: str
    language: str
    description: str
    licence: str
    season: int = 0
    tags: tuple[str, ...] = ()
    defaults: Mapping[str, Any] | None = None
    edition: str | int | None = None  # of Rust
    python: str | float | None = None  # the version that answers run on
    measure: Measure = "pass"  # what models are compared by; tasks of `none` are in no table
    policy: Policy = "public"  # private: nothing of it is sent to other machines unless a run says so
    environment: Mapping[str, Any] | None = None  # of a repository's tests, on this machine
    opt_in: bool = False  # expensive: chosen by its name alone, and run only with --yes


# What a suite says for every task whose grader takes such an option.
_OF_GRADERS = {
    "edition": ("rust", "rust_asserts", "rust_testgen"),
    "python": ("python", "python_asserts", "python_project", "python_testgen"),
    "environment": ("repository",),
}
_BESIDE = ("environment", "follow_up")  # options that make no other task of it


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """A task as it is written, with its defaults and with what a generator made."""

    id: str
    reference: str
    grader: Any  # a name, or {name: options}
    wrong: tuple[str, ...] = ()
    prompt: str | None = None
    messages: tuple[Message, ...] | None = None
    system: str | None = None
    vars: Mapping[str, Any] | None = None
    category: str | None = None
    difficulty: Difficulty = get_args(Difficulty)[1]
    role: str = "general"
    language: str | None = None  # where it is not the suite's
    max_tokens: Annotated[int, Between(1, 10_000_000)] = 512
    stop: tuple[str, ...] = ()
    time_limit: Annotated[float | None, Between(0.001, 3600)] = None  # seconds
    images: tuple[str, ...] = ()
    context_tier: str | None = None
    skip: str | None = None
    control: Annotated[str | None, Length(1, 60)] = None
    concurrency: Annotated[int | None, Between(1, 1024)] = None  # requests at once


_TASK_KEYS = (*(field.name for field in fields(TaskEntry)), "generator")


def find_suites(extra: Path | None = None) -> dict[str, Path]:
    """All suites by name: the built-in ones, then ``./suites`` (which may replace them)."""
    paths: dict[str, Path] = {}
    for root in dict.fromkeys((builtin_suites(), (extra or Path("suites")).absolute())):
        for head in sorted(root.glob("*/suite.yaml")):
            paths[head.parent.name] = head.parent
    return paths


def choose_suites(wanted: str, paths: Mapping[str, Path]) -> list[str]:
    """Suite names for ``all``, names, globs, tags, categories, languages; ``!x`` takes ``x`` away.

    Those that are ``opt_in`` must be called by name.
    """
    groups: dict[str, set[str]] = {}
    heads = {name: read_head(path) for name, path in paths.items()}
    hidden = [name for name, head in heads.items() if head.opt_in]
    for name, head in heads.items():
        for label in (head.category, head.language, *head.tags) if name not in hidden else ():
            groups.setdefault(label, set()).add(name)
    return choose(wanted, paths, "suite", groups, hidden)


def read_head(folder: Path) -> SuiteHead:
    """``suite.yaml`` of a folder. Raises ``ConfigError``."""
    path = folder / "suite.yaml"
    section = expect_section(_yaml_inside(folder, path), f"{path}:1", "suite.yaml")
    head = read_record(SuiteHead, section, "suite.yaml")
    if head.name != folder.name:
        raise ConfigError(
            f"{section.where('name')}: the suite is called {head.name!r}, its folder {folder.name!r}"
        )
    if head.defaults is not None:
        check_keys(
            expect_section(head.defaults, section.where("defaults"), "'defaults'"), _TASK_KEYS, "'defaults'"
        )
    return head


def load_suite(folder: Path) -> Suite:
    """Read a suite with all its tasks. Raises ``ConfigError`` naming file, line and key."""
    head = read_head(folder)
    tasks: list[Task] = []
    seen: dict[str, str] = {}
    for section, defaults in _entries(folder, head):
        for concrete in expand(section, defaults, head):
            task = _task(concrete, head, folder)
            if task.id in seen:
                raise ConfigError(
                    f"{task.source}: the id {task.id!r} is taken at {seen[task.id]}; choose another"
                )
            seen[task.id] = task.source
            tasks.append(task)
    if not tasks:
        raise ConfigError(
            f"{folder / 'suite.yaml'}:1: the suite has no tasks; add a YAML or JSONL file with some"
        )
    return Suite(
        head.name, suite_version(head), head.category, head.language, head.description, head.licence,
        tuple(tasks), str(folder), head.policy, head.opt_in,
    )  # fmt: skip


def suite_version(head: SuiteHead) -> str:
    """Version and season: results of another season are results of another suite."""
    return f"{head.version}+s{head.season}" if head.season else head.version


def _entries(folder: Path, head: SuiteHead) -> Iterator[tuple[FileSection, FileSection]]:
    """Every task section with the defaults that hold for it."""
    base = section_of({}, folder, 1) if head.defaults is None else expect_section(head.defaults, "", "")
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.jsonl"), *folder.glob("*/task.yaml")]):
        if path.name == "suite.yaml":
            continue
        defaults, batches, entries = (
            base,
            None,
            _lines(folder, path) if path.suffix == ".jsonl" else _yaml_inside(folder, path),
        )
        if isinstance(entries, FileSection) and "tasks" in entries:
            check_keys(entries, ("defaults", "tasks", "batches"), "a task file")
            if entries.get("defaults"):
                own = expect_section(entries["defaults"], entries.where("defaults"), "'defaults'")
                check_keys(own, _TASK_KEYS, "'defaults'")
                defaults = own.over(base)
            batches = entries.get("batches")
            entries = entries["tasks"]
        entries = entries if isinstance(entries, list) else [entries]
        for entry in entries:
            section = expect_section(entry, f"{path}:1", "a task")
            if has_tree(path):
                section = folders.as_task(section, defaults, head.language)
            elif has_code(path):
                section = coded.as_task(section, defaults, head.language)
            elif "steps" in section:
                section = graphs.as_task(section)
            check_keys(section, _TASK_KEYS, "a task")
            yield section, defaults
        if batches is not None:
            body = expect_section(batches, f"{path}:1", "'batches'")
            single = [expect_section(entry, f"{path}:1", "a task").over(defaults) for entry in entries]
            yield from ((section, base) for section in batched(body, single, head.season))


def _inside(folder: Path, path: Path, where: str) -> Path:
    try:
        return inside(folder, path)
    except ValueError as error:
        raise ConfigError(f"{where}: {error}") from None


def _yaml_inside(folder: Path, path: Path) -> Any:
    _inside(folder, path, f"{path}:1")
    return read_yaml(path, folder)


def _lines(folder: Path, path: Path) -> list[FileSection]:
    _inside(folder, path, f"{path}:1")
    sections = []
    for number, data in read_json_lines(path):
        if not isinstance(data, dict):
            raise ConfigError(f"{path}:{number}: a task must be a JSON object")
        sections.append(section_of(data, path, number))
    return sections


def _task(section: FileSection, head: SuiteHead, folder: Path) -> Task:
    """A task section that is complete (defaults merged, generator expanded) → ``Task``."""
    for key in [key for key, value in section.items() if value is None]:
        del section[key]
    drawings: Sequence[Drawing] = section.pop("drawings", ())  # of a family: no file can say it
    entry = read_record(TaskEntry, section, "the task")
    if not _ID.fullmatch(entry.id):
        raise ConfigError(
            f"{section.where('id')}: id {entry.id!r:.80}: use lower-case letters, digits, '-', '.', '_'"
        )
    if not entry.wrong:
        raise ConfigError(
            f"{section.where()}: task {entry.id!r} lacks 'wrong': at least one answer that must fail"
        )
    visible: dict[str, Any] = {
        "messages": _messages(entry, section),
        "grader": _of_suite(_grader(section), head),
        "reference": entry.reference,
        "wrong": entry.wrong,
        "images": (*entry.images, *drawings),
        "time_limit": entry.time_limit,
        "max_tokens": entry.max_tokens,
        "stop": entry.stop,
    }
    document = (entry.vars or {}).get("document")
    if isinstance(document, Document):
        visible["document"] = document
    if entry.concurrency is not None:
        visible["concurrency"] = entry.concurrency
    return Task(
        id=entry.id,
        suite=head.name,
        suite_version=suite_version(head),
        task_type=head.category,
        category=entry.category or head.category,
        language=entry.language or head.language,
        difficulty=entry.difficulty,
        role=entry.role,
        context_tier=entry.context_tier,
        sha256=_digest(visible | _pictures(visible["images"], section, folder)),
        skip=entry.skip,
        control=entry.control,
        measure="none" if entry.control else head.measure,
        source=section.where(),
        **visible,
    )


def _pictures(images: Sequence[str | Drawing], section: FileSection, folder: Path) -> dict[str, Any]:
    """What files and drawings show, for the task's digest."""
    if not images:
        return {}
    files = [image for image in images if isinstance(image, str)]
    paths = [_inside(folder, section.file.parent / file, section.where("images")) for file in files]
    shown = [hashlib.sha256(read_bounded(path, _IMAGE)).hexdigest() for path in paths]
    drawn = [image.sha256 for image in images if isinstance(image, Drawing)]
    return {"images": files, "pictures": [*shown, *drawn]}


def _messages(entry: TaskEntry, section: FileSection) -> tuple[Message, ...]:
    values = {name: value for name, value in (entry.vars or {}).items() if not isinstance(value, Document)}

    def fill(text: str) -> str:
        return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), text)

    if (entry.prompt is None) == (entry.messages is None):
        raise ConfigError(f"{section.where()}: a task needs either 'prompt' or 'messages'")
    turns = [*(entry.messages or ())] if entry.prompt is None else [Message("user", entry.prompt)]
    if entry.system:
        turns.insert(0, Message("system", entry.system))
    return tuple(Message(turn.role, fill(turn.content)) for turn in turns)


def _of_suite(spec: GraderSpec, head: SuiteHead) -> GraderSpec:
    """The grader with what its suite says for all, where the task says nothing."""
    common = {
        option: getattr(head, option)
        for option, graders in _OF_GRADERS.items()
        if spec.name in graders and getattr(head, option) is not None
    }
    return replace(spec, options={**common, **spec.options}) if common else spec


def _grader(section: FileSection) -> GraderSpec:
    spec = section["grader"]
    if isinstance(spec, str):
        return GraderSpec(spec)
    if not isinstance(spec, FileSection) or len(spec) != 1:
        raise ConfigError(
            f"{section.where('grader')}: 'grader' names one grader with its options: {{name: {{…}}}}"
        )
    ((name, options),) = spec.items()
    return GraderSpec(name, {} if options is None else expect_section(options, spec.where(name), f"{name!r}"))


def _digest(visible: dict[str, Any]) -> str:
    spec: GraderSpec = visible["grader"]
    options = {option: value for option, value in spec.options.items() if option not in _BESIDE}
    plain = visible | {
        "messages": [{"role": m.role, "content": m.content} for m in visible["messages"]],
        "grader": {"name": spec.name, "options": options},
    }
    return hashlib.sha256(
        json.dumps(plain, sort_keys=True, ensure_ascii=False, default=str).encode()
    ).hexdigest()
