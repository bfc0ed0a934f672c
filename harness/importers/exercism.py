"""Exercism: a track's repository, for Rust, Go and Python.

``config.json`` lists the exercises; each has a folder ``exercises/practice/SLUG`` (or
``concept``) with ``.docs`` (the order), a stub, tests, and in ``.meta/config.json`` which file
is what. Of ``.meta`` only the example goes into the suite, as the reference; no model sees it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.importers.base import (
    UNKNOWN_LICENCE,
    ImportedSuite,
    TaskEntry,
    fenced,
    finished,
    needs,
    task_id,
)
from harness.importers.code import (
    absent_python,
    defined,
    go_imports,
    has_unsafe,
    members,
    mentioned,
    used_names,
    wrong_answer,
)
from harness.importers.jsonl import read_object, required
from harness.yamlfile import Section, convert

_SUFFIXES = {"rust": ".rs", "go": ".go", "python": ".py"}
_DOCS = ("introduction.md", "introduction.append.md", "instructions.md", "instructions.append.md")
_GONE = ("deprecated", "wip")
_EASY, _MEDIUM = 3, 7  # of Exercism's ten degrees


@dataclass(frozen=True, slots=True)
class _Exercise:
    """One exercise on disk: code files by their role, each as name → text."""

    folder: Path
    language: str
    solution: Mapping[str, str]
    tests: Mapping[str, str]
    support: Mapping[str, str]  # ``editor`` files: shown to students, used by tests
    reference: str


Grader = tuple[dict[str, Any], str | None]  # a task's grader, and the reason to skip the task


def read(source: Path) -> ImportedSuite:
    """The exercises of a track that are not deprecated."""
    track = read_object(source / "config.json")
    language = required(track, "slug")
    if language not in _SUFFIXES:
        raise ConfigError(f"{track.where('slug')}: the track is {language!r}; harness runs rust, go, python")
    left_out: dict[str, str] = {}
    tasks = []
    for kind, listed in _exercises(track):
        slug = required(listed, "slug")
        if listed.get("status") in _GONE:
            left_out[slug] = f"its status is {listed['status']}"
        else:
            tasks.append(_task(source / "exercises" / kind / slug, kind, listed, language))
    title = required(track, "language")
    description = f"Exercises with their unit tests, imported from Exercism's {title} track."
    suite = ImportedSuite(language, description, tuple(tasks), _licence(source), 2048, left_out)
    return finished(suite, source)


def _exercises(track: Section) -> Iterator[tuple[str, Section]]:
    groups = required(track, "exercises", Mapping[str, Any])
    for kind in ("concept", "practice"):
        for entry in groups.get(kind) or ():
            if not isinstance(entry, dict):
                raise ConfigError(f"{track.where('exercises')}: 'exercises.{kind}' must list objects")
            listed = Section(entry)
            listed.file, listed.line, listed.lines = track.file, track.lines.get("exercises", 1), {}
            yield kind, listed


def _task(folder: Path, kind: str, listed: Section, language: str) -> TaskEntry:
    exercise = _read(folder, language)
    grader, skip = _GRADERS[language](exercise)
    if len(exercise.solution) > 1:
        skip = f"its solution is spread over {', '.join(exercise.solution)}"
    entry = {
        "id": task_id(folder.name),
        "category": kind,
        "difficulty": _difficulty(listed),
        "prompt": _prompt(exercise),
        "grader": grader,
        "reference": exercise.reference,
        "wrong": [wrong_answer(exercise.reference, language)],
    }
    return {**entry, "skip": skip} if skip else entry


def _difficulty(listed: Section) -> str:
    degree = convert(listed.get("difficulty", 1), int, listed, "difficulty")
    return "beginner" if degree <= _EASY else "intermediate" if degree <= _MEDIUM else "advanced"


def _read(folder: Path, language: str) -> _Exercise:
    meta = read_object(folder / ".meta" / "config.json")
    roles = required(meta, "files", Mapping[str, Any])

    def files(role: str) -> dict[str, str]:
        names = convert(roles.get(role, []), tuple[str, ...], meta, "files")
        return {name: _text(folder / name, meta) for name in names if name.endswith(_SUFFIXES[language])}

    solution, tests = files("solution"), files("test")
    reference = files("example") or files("exemplar")
    for role, found in (("solution", solution), ("test", tests), ("example", reference)):
        if not found:
            raise ConfigError(f"{meta.where('files')}: 'files.{role}' names no {_SUFFIXES[language]} file")
    return _Exercise(folder, language, solution, tests, files("editor"), "\n\n".join(reference.values()))


def _text(path: Path, meta: Section) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"{meta.where('files')}: 'files' names {path}: {reason}") from error


def _prompt(exercise: _Exercise) -> str:
    docs = [exercise.folder / ".docs" / name for name in _DOCS]
    texts = [path.read_text("utf-8").strip() for path in docs if path.is_file()]
    for name, stub in exercise.solution.items():
        texts.append(
            f"Write `{name}`, which starts out as below. Answer with the whole file in one code block; "
            f"use the standard library only.\n\n{fenced(stub, exercise.language)}"
        )
    return "\n\n".join(texts)


def _licence(source: Path) -> str:
    path = source / "LICENSE"
    return "MIT" if path.is_file() and "MIT License" in path.read_text("utf-8") else UNKNOWN_LICENCE


# --- the graders, by language -------------------------------------------------


def _rust(exercise: _Exercise) -> Grader:
    tests = "\n".join(exercise.tests.values())
    manifest = _manifest(exercise.folder / "Cargo.toml")
    package = manifest.get("package", {})
    options: dict[str, Any] = {
        "crate_name": str(package.get("name", exercise.folder.name)).replace("-", "_"),
        "edition": str(package.get("edition", "2015")),
        "features": _default_features(manifest.get("features", {})),
        "names": used_names(exercise.reference, tests, "rust"),
        "tests": tests,
    }
    if has_unsafe(exercise.reference):
        options["unsafe"] = True
    wanted = mentioned(exercise.reference, "rust") | mentioned(tests, "rust")
    absent = [name for name in _crates(exercise.folder) if name.replace("-", "_") in wanted]
    several = len(exercise.tests) > 1
    return {"rust_asserts": options}, "it has several test files" if several else needs(absent)


def _crates(folder: Path) -> Iterator[str]:
    """The crates that the exercise or its example depends on."""
    for path in (folder / "Cargo.toml", folder / ".meta" / "Cargo-example.toml"):
        manifest = _manifest(path)
        yield from (*manifest.get("dependencies", {}), *manifest.get("dev-dependencies", {}))


def _default_features(features: Mapping[str, Sequence[str]]) -> list[str]:
    """What Cargo switches on unasked: ``default`` and all that it names."""
    found: list[str] = []
    waiting = list(features.get("default", ()))
    while waiting:
        name = waiting.pop()
        if name in features and name not in found:
            found.append(name)
            waiting += features[name]
    return sorted(found)


def _manifest(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise ConfigError(f"{path}:{line[1] if line else 1}: not valid TOML: {error}") from error


def _go(exercise: _Exercise) -> Grader:
    tests = {Path(name).name: text for name, text in {**exercise.support, **exercise.tests}.items()}
    texts = (exercise.reference, *tests.values())
    own = defined(exercise.reference, "go") | members(exercise.reference, "go")
    used = own & {name for text in tests.values() for name in mentioned(text, "go")}
    options: dict[str, Any] = {
        "names": sorted(name for name in defined(exercise.reference, "go") & used if name[:1].isupper()),
        "tests": tests,
    }
    if any(not name[:1].isupper() for name in used):
        options["internal"] = True
    foreign = [path for text in texts for path in go_imports(text) if "." in path.partition("/")[0]]
    return {"go_asserts": options}, needs(foreign)


def _python(exercise: _Exercise) -> Grader:
    tests = "\n\n".join(exercise.tests.values())
    module = Path(next(iter(exercise.solution))).stem
    options = {
        "names": used_names(exercise.reference, tests, "python"),
        "module": module,
        "test_file": tests,
    }
    only_marks = set(re.findall(r"\bpytest\.(\w+)", tests)) <= {"mark"} and "parametrize" not in tests
    present = {module, "pytest"} if only_marks else {module}
    return {"python_asserts": options}, needs(absent_python(exercise.reference, tests, present=present))


_GRADERS: Mapping[str, Callable[[_Exercise], Grader]] = {"rust": _rust, "go": _go, "python": _python}
