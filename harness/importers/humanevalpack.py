"""HumanEvalPack: HumanEval's functions in several languages, each with a buggy version.

Keys beside HumanEval's: ``declaration`` (the prompt without its docstring), ``buggy_solution``,
``import`` and ``test_setup`` (Go), and ``signature``, which names the function where ``entry_point``
does not. The language stands before the slash of ``task_id``.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.filesections import FileSection
from harness.importers.base import ImportedSuite, TaskEntry, fenced, finished, needs, task_id
from harness.importers.code import defined, mentioned, parts, with_more, without_absent_uses, wrong_answer
from harness.importers.go import go_imports, go_items, unexported, with_imports
from harness.importers.humaneval import entry_point, python_entry
from harness.importers.jsonl import optional, read_items, required

_NAMES = {"python": "Python", "rust": "Rust", "go": "Go"}
TESTIFY = "github.com/stretchr/testify/assert"  # harness has a stand-in for it


def read(source: Path) -> ImportedSuite:
    """The tasks of a HumanEvalPack file; languages that harness cannot run are left out."""
    items = [(_language(item), item) for item in read_items(source)]
    unknown = Counter(language for language, _ in items if language not in _NAMES)
    kept = [(language, item) for language, item in items if language in _NAMES]
    languages = sorted({language for language, _ in kept})
    tasks = []
    for language, item in kept:
        entry = {"python": _python, "rust": _rust, "go": _go}[language](item)
        tasks.append({**entry, "category": language} if len(languages) > 1 else entry)
    return finished(
        ImportedSuite(
            languages[0] if len(languages) == 1 else "mixed",
            f"Functions to complete, imported from {source.name} (HumanEvalPack's format).",
            tuple(tasks),
            left_out={
                f"{count} items in {language}": f"harness runs {', '.join(_NAMES.values())}"
                for language, count in unknown.items()
            },
        ),
        source,
    )


def _language(item: FileSection) -> str:
    language, slash, _ = required(item, "task_id").partition("/")
    if not slash:
        raise ConfigError(f"{item.where('task_id')}: 'task_id' must be LANGUAGE/NUMBER")
    return str(language.lower())


def _python(item: FileSection) -> TaskEntry:
    prompt, declaration = required(item, "prompt"), required(item, "declaration")
    reference = declaration + required(item, "canonical_solution")
    setup = optional(item, "test_setup", "")
    name = entry_point(item, reference, declaration, "python")
    entry = python_entry(item, name, reference, prompt, f"{setup}\n{required(item, 'test')}")
    wrong = [*_wrong(item, declaration, reference, "python"), prompt]
    return {**entry, "prompt": _prompt(prompt, "python"), "wrong": wrong}


def _rust(item: FileSection) -> TaskEntry:
    test = f"{optional(item, 'test_setup', '')}\n{required(item, 'test')}".strip()
    solution = required(item, "canonical_solution")
    declaration, _ = without_absent_uses(required(item, "declaration"), solution + test)
    reference, absent = without_absent_uses(declaration + solution, test)
    prompt, _ = without_absent_uses(required(item, "prompt"), solution + test)
    name = entry_point(item, reference, declaration, "rust")
    around = parts(reference, "rust", name)
    options = {
        "names": [name],
        "signature": around.head,
        "prelude": with_more(around.before, parts(prompt + solution, "rust", name).before, "rust"),
        "tests": test,
    }
    return _entry(item, "rust", prompt, declaration, reference, {"rust_asserts": options}, absent)


def _go(item: FileSection) -> TaskEntry:
    prompt, declaration = required(item, "prompt"), required(item, "declaration")
    solution = required(item, "canonical_solution")
    setup = optional(item, "test_setup", "").strip() or 'package main\n\nimport "testing"'
    reference = declaration + solution
    name = entry_point(item, _with_package(reference), _with_package(declaration), "go")
    around = parts(_with_package(reference), "go", name)
    shown = _with_package(f"{prompt}{solution}")
    prelude = with_more(
        go_items(_with_package(around.before)), go_items(parts(shown, "go", name).before), "go"
    )
    imports = dict.fromkeys(
        path
        for code in (optional(item, "import", ""), prompt, declaration)
        for path in go_imports(_with_package(code))
    )
    test = with_imports(f"{setup}\n\n{required(item, 'test')}", imports)
    options: dict[str, Any] = {
        "names": [name],
        "signature": around.head,
        "prelude": prelude,
        "imports": list(imports),
        "tests": {"answer_test.go": test},
    }
    own = defined(_with_package(reference), "go") | defined(_with_package(prelude), "go")
    if unexported(own & mentioned(test, "go")):
        options["internal"] = True
    foreign = {path for path in (*go_imports(test), *imports) if "." in path.split("/")[0]} - {TESTIFY}
    return _entry(item, "go", prompt, declaration, reference, {"go_asserts": options}, foreign)


def _entry(
    item: FileSection,
    language: str,
    prompt: str,
    declaration: str,
    reference: str,
    grader: dict[str, Any],
    absent: set[str],
) -> TaskEntry:
    entry = {
        "id": task_id(required(item, "task_id")),
        "category": "functions",
        "prompt": _prompt(prompt, language),
        "grader": grader,
        "reference": reference,
        "wrong": _wrong(item, declaration, reference, language),
    }
    reason = needs(absent)
    return {**entry, "skip": reason} if reason else entry


def _prompt(prompt: str, language: str) -> str:
    return (
        f"Complete this {_NAMES[language]} function. Answer with the whole function in one code block.\n\n"
        f"{fenced(prompt, language)}"
    )


def _wrong(item: FileSection, declaration: str, reference: str, language: str) -> list[str]:
    buggy = optional(item, "buggy_solution", "")
    return [declaration + buggy if buggy else wrong_answer(reference, language)]


def _with_package(code: str) -> str:
    return code if "package " in code else f"package main\n\n{code}"
