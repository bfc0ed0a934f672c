"""Exercism: a track's repository, for Rust, Go and Python; also the folders of Aider's polyglot benchmark.

``config.json`` lists the exercises (where there is none, all folders are taken); each has a folder
``exercises/practice/SLUG`` (or ``concept``) with ``.docs`` (the order), a stub, tests, and in
``.meta/config.json`` which file is what. Of ``.meta`` only the example goes into the suite, as the
reference; no model sees it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.files import inside, read_text
from harness.filesections import FileSection, convert
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
    has_unsafe,
    imported_python,
    members,
    mentioned,
    used_names,
    wrong_answer,
)
from harness.importers.go import go_builds, go_imports, go_items, unexported
from harness.importers.jsonl import read_object, required

_SUFFIXES = {"rust": ".rs", "go": ".go", "python": ".py"}
_KINDS = ("concept", "practice")
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
    support: Mapping[str, str]  # beside them: used by the answer or by tests
    reference: str


@dataclass(frozen=True, slots=True)
class _Graded:
    """How a task is graded, what the prompt shows beside the stub, and the reason to skip the task."""

    grader: Mapping[str, Any]
    shown: Mapping[str, str]
    skip: str | None


def read(source: Path) -> ImportedSuite:
    """The exercises of a track that are not deprecated; one that is not complete is left out."""
    track = read_object(source / "config.json") if (source / "config.json").is_file() else None
    language = _language(track, source)
    left_out: dict[str, str] = {}
    tasks = []
    for kind, slug, listed in _listed(track) if track is not None else _unlisted(source):
        if listed is not None and listed.get("status") in _GONE:
            left_out[slug] = f"its status is {listed['status']}"
            continue
        try:
            entry = _task(source / "exercises" / kind / slug, language)
        except ConfigError as error:
            left_out[slug] = str(error)
            continue
        tasks.append({**entry, "category": kind, **(_difficulty(listed) if listed is not None else {})})
    title = str(track["language"]) if track is not None and track.get("language") else language.title()
    description = f"Exercises with their unit tests, imported from Exercism's {title} track."
    suite = ImportedSuite(language, description, tuple(tasks), _licence(source), 2048, left_out)
    return finished(suite, source)


def _language(track: FileSection | None, source: Path) -> str:
    """What ``config.json`` says, else what the folder is called or its solutions are written in."""
    if track is not None:
        language = str(required(track, "slug"))
        if language not in _SUFFIXES:
            offered = ", ".join(_SUFFIXES)
            raise ConfigError(f"{track.where('slug')}: the track is {language!r}; harness runs {offered}")
        return language
    if not (source / "exercises").is_dir():
        tracks = [path for path in sorted(source.glob("*/exercises")) if path.parent.name in _SUFFIXES]
        hint = f"; give one of its tracks: {', '.join(str(path.parent) for path in tracks)}" if tracks else ""
        raise ConfigError(f"{source}: no track: it has neither config.json nor exercises/{hint}")
    if source.name in _SUFFIXES:
        return source.name
    suffixes = {
        path.suffix for path in source.glob("exercises/*/*/.meta/ex*.*") if path.suffix in _SUFFIXES.values()
    }
    languages = [language for language, suffix in _SUFFIXES.items() if suffix in suffixes]
    if len(languages) != 1:
        instead = ", ".join(languages) or "none of " + ", ".join(_SUFFIXES)
        raise ConfigError(f"{source}: a track has exercises in one language; here are {instead}")
    return languages[0]


def _listed(track: FileSection) -> Iterator[tuple[str, str, FileSection]]:
    """Kind, slug and entry of each exercise that ``config.json`` lists."""
    groups = required(track, "exercises", Mapping[str, Any])
    for kind in _KINDS:
        for entry in groups.get(kind) or ():
            if not isinstance(entry, dict):
                raise ConfigError(f"{track.where('exercises')}: 'exercises.{kind}' must list objects")
            listed = FileSection(entry)
            listed.file, listed.line, listed.lines = track.file, track.lines.get("exercises", 1), {}
            yield kind, str(required(listed, "slug")), listed


def _unlisted(source: Path) -> Iterator[tuple[str, str, None]]:
    """Kind and slug of each folder that is an exercise."""
    for kind in _KINDS:
        for meta in sorted(source.glob(f"exercises/{kind}/*/.meta")):
            yield kind, meta.parent.name, None


def _task(folder: Path, language: str) -> TaskEntry:
    exercise = _read(folder, language)
    graded = _GRADERS[language](exercise)
    stub = next(iter(exercise.solution.values()))
    skip = graded.skip
    if len(exercise.solution) > 1:
        skip = f"its solution is spread over {', '.join(exercise.solution)}"
    entry = {
        "id": task_id(folder.name),
        "prompt": _prompt(exercise, graded.shown),
        "grader": graded.grader,
        "reference": exercise.reference,
        "wrong": [wrong_answer(exercise.reference, language), *([stub] if stub.strip() else [])],
    }
    return {**entry, "skip": skip} if skip else entry


def _difficulty(listed: FileSection) -> Mapping[str, str]:
    degree = convert(listed.get("difficulty", 1), int, listed, "difficulty")
    return {
        "difficulty": "beginner" if degree <= _EASY else "intermediate" if degree <= _MEDIUM else "advanced"
    }


def _read(folder: Path, language: str) -> _Exercise:
    meta = read_object(folder / ".meta" / "config.json")
    roles, suffix = required(meta, "files", Mapping[str, Any]), _SUFFIXES[language]

    def files(role: str) -> dict[str, str]:
        names = convert(roles.get(role) or [], tuple[str, ...], meta, "files")
        texts = {name: _text(folder, name, meta) for name in names if name.endswith(suffix)}
        return {name: text for name, text in texts.items() if language != "go" or go_builds(name, text)}

    solution, tests, support = files("solution"), files("test"), files("editor")
    reference = files("example") or files("exemplar")
    for path in sorted(folder.glob(f"*{suffix}")):  # what lies there counts, listed or not
        if path.name not in (*solution, *tests, *support):
            text = _text(folder, path.name, meta)
            if language != "go":
                support[path.name] = text
            elif go_builds(path.name, text):
                (tests if path.name.endswith("_test.go") else support)[path.name] = text
    for role, named in (("solution", solution), ("test", tests), ("example", reference)):
        if not named:
            raise ConfigError(f"{meta.where('files')}: 'files.{role}' names no {suffix} file")
    return _Exercise(folder, language, solution, tests, support, "\n\n".join(reference.values()))


def _text(folder: Path, name: str, meta: FileSection) -> str:
    try:
        return read_text(inside(folder, folder / name))
    except ValueError as error:
        raise ConfigError(f"{meta.where('files')}: 'files': {error}") from None


def _prompt(exercise: _Exercise, shown: Mapping[str, str]) -> str:
    docs = [exercise.folder / ".docs" / name for name in _DOCS]
    texts = [read_text(path).strip() for path in docs if path.is_file()]
    for name, text in shown.items():
        texts.append(f"Beside it lies `{name}`:\n\n{fenced(text, exercise.language)}")
    for name, stub in exercise.solution.items():
        texts.append(
            f"Write `{name}`, which starts out as below. Answer with the whole file in one code block; "
            f"use the standard library only.\n\n{fenced(stub, exercise.language)}"
        )
    return "\n\n".join(texts)


def _licence(source: Path) -> str:
    path = source / "LICENSE"
    return "MIT" if path.is_file() and "MIT License" in read_text(path) else UNKNOWN_LICENCE


# --- the graders, by language -------------------------------------------------


def _rust(exercise: _Exercise) -> _Graded:
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
    skip = needs(absent)
    if len(exercise.tests) > 1:
        skip = f"it has several test files: {', '.join(exercise.tests)}"
    return _Graded({"rust_asserts": options}, {}, skip)


def _crates(folder: Path) -> Iterator[str]:
    """The crates that the exercise or its example depends on."""
    for path in (folder / "Cargo.toml", folder / ".meta" / "Cargo-example.toml"):
        manifest = _manifest(path)
        yield from (*manifest.get("dependencies", {}), *manifest.get("dev-dependencies", {}))


def _default_features(features: Mapping[str, Sequence[str]]) -> list[str]:
    """What Cargo switches on unasked: ``default`` and all that it names."""
    names: list[str] = []
    waiting = list(features.get("default", ()))
    while waiting:
        name = waiting.pop()
        if name in features and name not in names:
            names.append(name)
            waiting += features[name]
    return sorted(names)


def _manifest(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise ConfigError(f"{path}:{line[1] if line else 1}: not valid TOML: {error}") from error


def _go(exercise: _Exercise) -> _Graded:
    """Files beside the tests that are no tests are of the answer's package: the answer has them anyway."""
    tests = {Path(name).name: text for name, text in exercise.support.items() if name.endswith("_test.go")}
    tests |= {Path(name).name: text for name, text in exercise.tests.items()}
    beside = {name: text for name, text in exercise.support.items() if Path(name).name not in tests}
    package = [exercise.reference, *beside.values()]
    own = {name for text in package for name in defined(text, "go") | members(text, "go")}
    used = own & {name for text in tests.values() for name in mentioned(text, "go")}
    options: dict[str, Any] = {
        "names": sorted(name for name in defined(exercise.reference, "go") & used if name[:1].isupper()),
        "tests": tests,
    }
    if beside:
        options["prelude"] = "\n\n".join(map(go_items, beside.values()))
        options["imports"] = list(
            dict.fromkeys(path for text in beside.values() for path in go_imports(text))
        )
    if unexported(used):
        options["internal"] = True
    texts = (*package, *tests.values())
    foreign = [path for text in texts for path in go_imports(text) if "." in path.partition("/")[0]]
    return _Graded({"go_asserts": options}, beside, needs(foreign))


def _python(exercise: _Exercise) -> _Graded:
    tests = "\n\n".join(exercise.tests.values())
    module = Path(next(iter(exercise.solution))).stem
    beside = {Path(name).stem: text for name, text in exercise.support.items()}
    stubs = tuple(exercise.solution.values())
    for_answer = _reached(beside, (exercise.reference, *stubs))
    for_tests = {name: text for name, text in _reached(beside, (tests,)).items() if name not in for_answer}
    options: dict[str, Any] = {
        "names": used_names(exercise.reference, tests, "python"),
        "module": module,
        "test_file": tests,
        **({"modules": for_answer} if for_answer else {}),
        **({"test_modules": for_tests} if for_tests else {}),
    }
    sources = (exercise.reference, tests, *for_answer.values(), *for_tests.values())
    only_marks = set(re.findall(r"\bpytest\.(\w+)", tests)) <= {"mark"} and "parametrize" not in tests
    present = {module, *for_answer, *for_tests, *(["pytest"] if only_marks else [])}
    shown = {f"{name}.py": text for name, text in for_answer.items()}
    skip = needs(absent_python(*sources, present=present))
    return _Graded({"python_asserts": options}, shown, skip)


def _reached(beside: Mapping[str, str], sources: Sequence[str]) -> dict[str, str]:
    """The modules that these sources import, directly or through one another."""
    reached: dict[str, str] = {}
    waiting = list(sources)
    while waiting:
        for name in sorted(imported_python(waiting.pop()) & beside.keys() - reached.keys()):
            reached[name] = beside[name]
            waiting.append(beside[name])
    return reached


_GRADERS: Mapping[str, Callable[[_Exercise], _Graded]] = {"rust": _rust, "go": _go, "python": _python}
