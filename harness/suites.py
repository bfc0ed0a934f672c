"""``suites/NAME/`` → records. The format is described in ``docs/suites.md``."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from harness.errors import ConfigError
from harness.generator import expand
from harness.names import choose
from harness.paths import builtin_suites
from harness.records import Difficulty, GraderSpec, Message, Suite, Task
from harness.yamlfile import (
    Section,
    check_keys,
    convert,
    expect_section,
    read_record,
    read_yaml,
    section_of,
)

_TASK_KEYS = (
    "id", "prompt", "messages", "system", "vars", "category", "difficulty", "role", "grader", "reference",
    "wrong", "max_tokens", "stop", "time_limit", "images", "context_tier", "generator", "skip",
)  # fmt: skip
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
_PLACE = re.compile(r"\{(\w+)\}")


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


def find_suites(extra: Path | None = None) -> dict[str, Path]:
    """All suites by name: the built-in ones, then ``./suites`` (which may replace them)."""
    found: dict[str, Path] = {}
    for root in dict.fromkeys((builtin_suites(), (extra or Path("suites")).absolute())):
        for head in sorted(root.glob("*/suite.yaml")):
            found[head.parent.name] = head.parent
    return found


def choose_suites(wanted: str, known: Mapping[str, Path]) -> list[str]:
    """Suite names for ``all``, names, globs, tags, categories, languages; ``!x`` takes ``x`` away."""
    groups: dict[str, set[str]] = {}
    for name, path in known.items():
        head = read_head(path)
        for label in (head.category, head.language, *head.tags):
            groups.setdefault(label, set()).add(name)
    return choose(wanted, known, "suite", groups)


def read_head(folder: Path) -> SuiteHead:
    """``suite.yaml`` of a folder. Raises ``ConfigError``."""
    path = folder / "suite.yaml"
    section = expect_section(read_yaml(path), f"{path}:1", "suite.yaml")
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
            task = _task(concrete, head)
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
        tuple(tasks), str(folder),
    )  # fmt: skip


def suite_version(head: SuiteHead) -> str:
    """Version and season: results of another season are results of another suite."""
    return f"{head.version}+s{head.season}" if head.season else head.version


def _entries(folder: Path, head: SuiteHead) -> Iterator[tuple[Section, Mapping[str, Any]]]:
    """Every task section with the defaults that hold for it."""
    base = dict(head.defaults or {})
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.jsonl"), *folder.glob("*/task.yaml")]):
        if path.name == "suite.yaml":
            continue
        defaults, entries = base, _read_jsonl(path) if path.suffix == ".jsonl" else read_yaml(path)
        if isinstance(entries, Section) and "tasks" in entries:
            check_keys(entries, ("defaults", "tasks"), "a task file")
            own = entries.get("defaults") or {}
            if own:
                section = expect_section(own, entries.where("defaults"), "'defaults'")
                check_keys(section, _TASK_KEYS, "'defaults'")
            defaults, entries = {**base, **own}, entries["tasks"]
        for entry in entries if isinstance(entries, list) else [entries]:
            section = expect_section(entry, f"{path}:1", "a task")
            check_keys(section, _TASK_KEYS, "a task")
            yield section, defaults


def _read_jsonl(path: Path) -> list[Section]:
    sections = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except ValueError as error:
            raise ConfigError(f"{path}:{number}: not valid JSON: {error}") from error
        if not isinstance(data, dict):
            raise ConfigError(f"{path}:{number}: a task must be a JSON object")
        sections.append(section_of(data, path, number))
    return sections


def _task(section: Section, head: SuiteHead) -> Task:
    """A task section that is complete (defaults merged, generator expanded) → ``Task``."""

    def take(key: str, hint: Any, default: Any = None) -> Any:
        return default if section.get(key) is None else convert(section[key], hint, section, key)

    for key in ("id", "reference", "grader"):
        if section.get(key) is None:
            raise ConfigError(f"{section.where()}: the task lacks {key!r}")
    identifier = take("id", str)
    if not _ID.fullmatch(identifier):
        raise ConfigError(
            f"{section.where('id')}: id {identifier!r}: use lower-case letters, digits, '-', '.', '_'"
        )
    wrong = take("wrong", tuple[str, ...], ())
    if not wrong:
        raise ConfigError(
            f"{section.where()}: task {identifier!r} lacks 'wrong': at least one answer that must fail"
        )
    images = take("images", tuple[str, ...], ())
    visible: dict[str, Any] = {
        "messages": _messages(section),
        "grader": _grader(section),
        "reference": take("reference", str),
        "wrong": wrong,
        "images": images,
        "time_limit": take("time_limit", float),
        "max_tokens": take("max_tokens", int, 512),
        "stop": take("stop", tuple[str, ...], ()),
    }
    return Task(
        id=identifier,
        suite=head.name,
        suite_version=suite_version(head),
        task_type=head.category,
        category=take("category", str, head.category),
        language=head.language,
        difficulty=take("difficulty", Difficulty, get_args(Difficulty)[1]),
        role=take("role", str, "general"),
        context_tier=take("context_tier", str),
        sha256=_digest(visible | _pictures(section, images)),
        skip=take("skip", str),
        source=section.where(),
        **visible,
    )


def _pictures(section: Section, images: Sequence[str]) -> dict[str, Any]:
    """What the files show, for the task's digest."""
    try:
        shown = [hashlib.sha256((section.file.parent / image).read_bytes()).hexdigest() for image in images]
    except OSError as error:
        where = section.where("images")
        raise ConfigError(f"{where}: cannot read the image {error.filename}: {error.strerror}") from error
    return {"pictures": shown} if shown else {}


def _messages(section: Section) -> tuple[Message, ...]:
    values = section.get("vars") or {}

    def fill(text: str) -> str:
        return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), text)

    if ("prompt" in section) == ("messages" in section):
        raise ConfigError(f"{section.where()}: a task needs either 'prompt' or 'messages'")
    if "prompt" in section:
        turns = [Message("user", convert(section["prompt"], str, section, "prompt"))]
    else:
        turns = [
            read_record(Message, expect_section(turn, section.where("messages"), "a message"), "a message")
            for turn in section["messages"]
        ]
    if section.get("system"):
        turns.insert(0, Message("system", convert(section["system"], str, section, "system")))
    return tuple(Message(turn.role, fill(turn.content)) for turn in turns)


def _grader(section: Section) -> GraderSpec:
    spec = section["grader"]
    if isinstance(spec, str):
        return GraderSpec(spec)
    if not isinstance(spec, Mapping) or len(spec) != 1:
        raise ConfigError(
            f"{section.where('grader')}: 'grader' names one grader with its options: {{name: {{…}}}}"
        )
    ((name, options),) = spec.items()
    return GraderSpec(name, options or {})


def _digest(visible: Mapping[str, Any]) -> str:
    plain = {
        key: [asdict(m) for m in value] if key == "messages" else value for key, value in visible.items()
    }
    plain["grader"] = asdict(visible["grader"])
    return hashlib.sha256(
        json.dumps(plain, sort_keys=True, ensure_ascii=False, default=str).encode()
    ).hexdigest()
