"""Tasks about code: ``TASK/`` with ``task.yaml``, ``code/``, ``tests.*``, and ``wrong/`` with wrong tests.

``code/`` is right. A task with ``mutants`` asks for tests of it, and ``tests.*`` are the reference. A task
with ``defects`` shows the code with these planted in it and asks for a review; ``tests.*`` prove the defects.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.files import read_text
from harness.filesections import FileSection, check_keys, convert, section_of
from harness.replacements import Replacement, lines_of, replaced
from harness.trees import Tree, as_answer, read_tree

KEYS = (
    *("prompt", "system", "category", "difficulty", "role", "language", "mutants", "equivalents", "defects"),
    *("max_tokens", "stop", "time_limit", "context_tier", "skip"),
)
CODE, TESTS, WRONG = "code", "tests", "wrong"
_BYTES = 256 << 10  # of a file of tests

KINDS = {
    "off_by_one": "a bound, an index or a count is too low or too high by one",
    "condition": "a comparison, a negation, or an `and` or `or` is wrong otherwise",
    "wrong_value": "the wrong variable, constant, operator, key or field is used",
    "missing_case": "an input or a state that must be handled is not (empty, zero, absent, repeated …)",
    "error_handling": "an error is swallowed, raised at the wrong time, or of the wrong kind",
    "state": "something is not updated or reset when it must be, or is when it must not be",
    "aliasing": "data of the caller, or data that should be separate, is changed or shared",
    "arithmetic": "overflow, rounding, division, precision or a unit is wrong",
    "order": "results, steps or sorted items come in the wrong order",
    "resource": "something is never released, or grows without bound",
    "concurrency": "a race, a lock that is not held or never given back",
    "injection": "text from outside is interpreted where it must be taken literally",
}
_REVIEW = """\
Review this code. It may have defects, several or none: lines on which it does other than what is said above. \
Style, names, speed, and what could be added are no defects.

{code}

Answer with a JSON array and nothing else, one object a defect: {{"file": "{file}", "line": 12, "kind": \
"{kind}"}}. `line` is the number before the line that is wrong; where a line is missing, that of the line \
after which it should stand. `kind` is one of these:
{kinds}

Name each defect once. Whatever is named and is no defect counts against you. If there is none, answer `[]`."""
_TESTGEN = """\
Write tests for this code. They are run on the code as it is, where all must pass, and on versions of it with \
one mistake each, of which they should notice as many as they can: a version is noticed when a test fails. \
They also run on versions that are written otherwise but keep every promise above, and must pass on these: \
test what is promised, not how it is done.

{code}

{rules} Answer with one file of tests and nothing else."""
RULES = {
    "python": """\
Write plain functions `test_…()` or methods of `unittest.TestCase`. Import the code by the name of its \
file, such as `from {module} import …`, and of the standard library only from {modules}. pytest is not there. \
Tests may not read files or source, nor use `getattr`, `eval` or special attributes such as `__dict__`.""",
    "rust": """\
Write functions with `#[test]` in a file of its own, as in `tests/`: it uses the crate by its name, \
`use {package}::…;`, and what it has made public. Use the standard library only, no `unsafe`, no files, no \
processes.""",
    "go": """\
Write functions `TestName(t *testing.T)` in a file of package `{package}`. It can use what the package \
exports, and of the standard library {modules}.""",
}
OFFERED = {
    "python": "bisect, collections, contextlib, copy, dataclasses, datetime, decimal, enum, fractions, functools, "
    "heapq, io, itertools, json, math, random, re, string, textwrap, typing and unittest",
    "rust": "",
    "go": "bytes, cmp, context, encoding/json, errors, fmt, io, iter, maps, math, math/rand, reflect, regexp, slices, "
    "sort, strconv, strings, sync, sync/atomic, testing, time, unicode and unicode/utf8",
}


def has_code(task_file: Path) -> bool:
    """Whether a task file belongs to a folder with code."""
    return task_file.name == "task.yaml" and (task_file.parent / CODE).is_dir()


def as_task(section: FileSection, defaults: FileSection, language: str) -> FileSection:
    """The section of a ``task.yaml`` with the folder around it, as a task of a task file.

    Raises ``ConfigError`` naming the file that is wrong.
    """
    check_keys(section, KEYS, "a task about code")
    folder, whole = section.file.parent, section.over(defaults)
    language = whole.get("language") or language
    if language not in RULES:
        raise ConfigError(f"{section.where('language')}: language must be one of {', '.join(RULES)}")
    files = read_tree(folder / CODE)
    options = {"files": files, **({"package": _package(folder)} if language == "rust" else {})}
    asked = [key for key in _TASKS if key in section]
    if len(asked) != 1:
        raise ConfigError(
            f"{section.where()}: needs `mutants` (a task to write tests) or `defects` (to review)"
        )
    values = _TASKS[asked[0]](section, options, language, str(whole.get("prompt") or "").strip())
    given = {key: value for key, value in section.items() if key not in ("mutants", "equivalents", "defects")}
    task = FileSection({**given, "id": folder.name, "language": language, **values})
    task.file, task.line, task.lines = section.file, section.line, section.lines
    return task


def _package(folder: Path) -> str:
    return folder.name.replace("-", "_")


def _testgen(section: FileSection, options: Mapping[str, Any], language: str, prompt: str) -> dict[str, Any]:
    """A task to write tests."""
    folder, files = section.file.parent, options["files"]
    wrong = [_text(path) for path in sorted((folder / WRONG).glob("*")) if path.is_file()]
    if len(wrong) < 2:
        raise ConfigError(f"{folder / WRONG}: needs two files of tests at least that must fail")
    own = {"package": _name(files, folder, language), "module": next(iter(files)).removesuffix(".py")}
    rules = RULES[language].format(**own, modules=OFFERED[language])
    text = _TESTGEN.format(code=as_answer({}, files), rules=rules)
    given = {key: section[key] for key in ("mutants", "equivalents") if key in section}
    return {
        "prompt": f"{prompt}\n\n{text}",
        "reference": _text(_tests(folder)),
        "wrong": wrong,
        "grader": _grader(section, f"{language}_testgen", {**options, **given}),
    }


def _review(section: FileSection, options: Mapping[str, Any], language: str, prompt: str) -> dict[str, Any]:
    """A task to review; the reference and the cheap tricks are made of the defects."""
    folder, files = section.file.parent, options["files"]
    defects = section["defects"]
    if not isinstance(defects, list):
        raise ConfigError(f"{section.where('defects')}: 'defects' must be a list, empty for clean code")
    changes = [_change(defect, section) for defect in defects]
    try:
        shown = replaced(files, changes)
        places = [lines_of(files, change, changes) for change in changes]
    except ValueError as error:
        raise ConfigError(f"{section.where('defects')}: {error}") from None
    named = [
        {"file": file, "line": first, "kind": defect["kinds"][0]}
        for (file, first, _), defect in zip(places, defects, strict=True)
    ]
    every = [
        {"file": file, "line": line, "kind": named[0]["kind"] if named else next(iter(KINDS))}
        for file, text in shown.items()
        for line in range(1, text.count("\n") + 1)
    ]
    wrong = [_listed(every), _listed(every[:1]), *([_listed([])] if named else [])]
    text = _REVIEW.format(
        code="\n\n".join(f"{path}\n```{language}\n{numbered(text)}```" for path, text in shown.items()),
        file=next(iter(shown)),
        kind="state",
        kinds="\n".join(f"- {kind}: {meaning}" for kind, meaning in KINDS.items()),
    )
    proof = {"defects": defects, "kinds": list(KINDS), "proof": _text(_tests(folder)), "language": language}
    return {
        "prompt": f"{prompt}\n\n{text}",
        "reference": _listed(named),
        "wrong": wrong,
        "grader": _grader(section, "review", {**options, **proof}),
    }


_TASKS = {"mutants": _testgen, "defects": _review}


def _change(defect: Any, section: FileSection) -> Replacement:
    if (
        not isinstance(defect, FileSection)
        or not isinstance(defect.get("kinds"), list)
        or not defect["kinds"]
    ):
        raise ConfigError(f"{section.where('defects')}: a defect has `find`, `replace` and a list `kinds`")
    find, replace = (convert(defect.get(key), str, defect, key) for key in ("find", "replace"))
    return Replacement(find, replace)


def numbered(text: str) -> str:
    """A file with the number before each of its lines."""
    lines = text.removesuffix("\n").split("\n")
    width = len(str(len(lines)))
    return "".join(f"{number:>{width}} | {line}".rstrip() + "\n" for number, line in enumerate(lines, 1))


def _listed(findings: Sequence[Mapping[str, Any]]) -> str:
    return "[" + ",\n ".join(json.dumps(finding) for finding in findings) + "]\n"


def _grader(section: FileSection, name: str, options: Mapping[str, Any]) -> FileSection:
    return section_of({name: options}, section.file, section.line)


def _name(files: Tree, folder: Path, language: str) -> str:
    """What a package is called: as its files say in Go, as the folder in Rust."""
    first = next(iter(files.values()))
    line = next((line for line in first.split("\n") if line.startswith("package ")), "")
    return line.removeprefix("package ").strip() if language == "go" else _package(folder)


def _tests(folder: Path) -> Path:
    paths = sorted(folder.glob(f"{TESTS}.*"))
    if len(paths) != 1:
        raise ConfigError(
            f"{folder}: needs one file {TESTS}.py, {TESTS}.rs or {TESTS}.go; there are {len(paths)}"
        )
    return paths[0]


def _text(path: Path) -> str:
    return read_text(path, _BYTES)
