"""A task with a tree: ``TASK/`` with ``task.yaml``, ``start/``, ``visible/``, ``hidden/``, ``reference/``, ``wrong/``.

It becomes a task like any other: the prompt with the tree, and answers that are edits of it. Where bugs are to be
found, ``fixes/`` stands for ``reference/``: an answer for each of them. ``follow-up/`` is a second change, with folders of
its own, asked of models on the tree with which they passed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.filesections import FileSection, check_keys, expect_section, section_of
from harness.projectprompt import OUTPUT, VISIBLE, project_prompt
from harness.trees import Tree, as_answer, read_tree
from harness.yamlfile import read_yaml

KEYS = (
    *("prompt", "system", "category", "difficulty", "role", "language", "hidden", "protected", "tolerance"),
    *("refactor", "documentation", "contradicts", "max_tokens", "stop", "time_limit", "context_tier", "skip"),
)
START, HIDDEN, REFERENCE, WRONG = "start", "hidden", "reference", "wrong"
FIXES = "fixes"  # of bugs, by the names of the groups that fail by them
FOLLOW_UP, OTHER = "follow-up", "other"
PROMPT_TOKENS = {"beginner": 6_000, "intermediate": 11_000, "advanced": 16_000}
_CHARACTERS = 4  # a token
_MUST = ("begin", "keep")
_OPTIONS = ("tolerance", "refactor", "documentation", "contradicts")  # that graders know too
_AIMS = {  # of refactorings, as models are told
    "complexity": "no function has a cyclomatic complexity of more than {} (one, and one for every branch, loop, case, "
    "handler, `and` and `or`; what is nested in a function counts with it)",
    "function_lines": "no function has more than {} lines",
    "nesting": "no function has branches and loops more than {} deep in each other",
    "duplicates": "at most {} windows of 50 tokens stand twice in the code, names set aside",
}
_DEMANDS = {"section": "Usage", "examples": 1}
_CHANGED = """\
This project was written to the specification that follows, and does what it says:

{specification}

Now it is to be changed. Where the two contradict each other, this counts; all else must stay as it is:

{change}"""
_DOCUMENTS = """\
Change comments of documentation and README.md, and nothing else: no code, no other file. Afterwards everything that is public is
documented where it stands, README.md has a section "{section}", and there are {examples} examples or more, each of which runs: {form}.
What is told and is not so counts more than what is left out; some of what is there now is wrong."""
_EXAMPLES = {  # what counts as one, by language
    "python": "`>>>` lines in docstrings, or ```python blocks in README.md, which may build on one another",
    "rust": "``` blocks in documentation comments, or ```rust blocks in README.md, each with the `use` lines that it needs",
    "go": "```go blocks in README.md, each a whole program with `package main`, its imports and `func main()`",
}


def has_tree(task_file: Path) -> bool:
    """Whether a task file belongs to a folder with a tree."""
    return task_file.name == "task.yaml" and (task_file.parent / START).is_dir()


def as_task(section: FileSection, defaults: FileSection, language: str) -> FileSection:
    """The section of a ``task.yaml`` with the folder around it, as a task of a task file.

    Raises ``ConfigError`` naming the file that is wrong.
    """
    check_keys(section, KEYS, "a task with a tree")
    folder = section.file.parent
    whole = section.over(defaults)
    language = whole.get("language") or language
    start, visible = read_tree(folder / START), read_tree(folder / VISIBLE)
    if not start or any(path.split("/")[0] == VISIBLE for path in start):
        why = f"has a folder {VISIBLE!r}; checks stand beside it" if start else "is empty"
        raise ConfigError(f"{folder / START}: {why}")
    shown = {**start, **{f"{VISIBLE}/{path}": text for path, text in visible.items()}}
    protected = list(whole.get("protected") or ())
    visible.pop(OUTPUT, None)
    hidden = _hidden(section, folder)
    fixes = _fixes(folder, hidden)
    reference = "\n".join(fixes.values()) or as_answer(start, {**start, **_overlay(folder / REFERENCE)})
    specification = str(whole.get("prompt") or "").strip()
    follow_up = _follow_up(folder, start, hidden, specification) if (folder / FOLLOW_UP).is_dir() else {}
    options = {
        "tree": shown,
        "visible": _groups(folder / VISIBLE, visible),
        "hidden": hidden,
        "protected": protected,
        **{key: section[key] for key in _OPTIONS if key in section},
        **({"debugging": {"fixes": fixes}} if fixes else {}),
        **({"follow_up": follow_up} if follow_up else {}),
    }
    values = {
        "id": folder.name,
        "prompt": _prompt(whole, language, shown, protected),
        "reference": reference,
        "wrong": _wrong(folder, start),
        "grader": section_of({f"{language}_project": options}, section.file, section.line),
        "language": language,
    }
    kept = {key: value for key, value in section.items() if key not in ("hidden", "protected", *_OPTIONS)}
    task = FileSection({**kept, **values})
    task.file, task.line, task.lines = section.file, section.line, section.lines
    return task


def _follow_up(folder: Path, start: Tree, first: Mapping[str, Any], specification: str) -> dict[str, Any]:
    """The second change: ``hidden`` of its ``task.yaml`` also names the groups of the task that must still pass."""
    own = folder / FOLLOW_UP
    section = expect_section(read_yaml(own / "task.yaml", folder), f"{own / 'task.yaml'}:1", "a follow-up")
    check_keys(section, ("prompt", "hidden"), "a follow-up")
    prompt = section.get("prompt")
    if not isinstance(prompt, str) or not prompt.strip():
        raise ConfigError(f"{section.where('prompt')}: 'prompt' must say what is to be changed")
    visible = read_tree(own / VISIBLE)
    hidden = _hidden(section, own, first)
    passed = {**start, **_overlay(folder / REFERENCE)}
    return {
        "prompt": _CHANGED.format(specification=specification, change=prompt.strip()),
        "hidden": {name: group for name, group in hidden.items() if name not in first},
        "keeps": [name for name in hidden if name in first],
        "files": {f"{VISIBLE}/{path}": text for path, text in visible.items()},
        "visible": _groups(own / VISIBLE, visible),
        "reference": as_answer(passed, {**passed, **_overlay(own / REFERENCE)}),
        "wrong": _wrong(own, passed),
        "other": as_answer(start, {**start, **_overlay(own / OTHER)}),
    }


def _hidden(section: FileSection, folder: Path, first: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The hidden groups, each with whether it passes from the start: as ``task.yaml`` lists them.

    A follow-up may name groups of the ``first`` change beside its own.
    """
    own, first = _groups(folder / HIDDEN, read_tree(folder / HIDDEN)), first or {}
    if twice := sorted(own.keys() & first.keys()):
        raise ConfigError(
            f"{folder / HIDDEN / twice[0]}.yaml: the task has a group of that name; choose another"
        )
    groups = {**first, **own}
    begun = section.get("hidden", section_of({}, section.file, 1) if "documentation" in section else None)
    must = expect_section(begun, section.where("hidden"), "'hidden' (group: begin or keep)")
    for name in sorted((must.keys() - groups.keys()) | (own.keys() - must.keys())):
        missing = f"there is no {HIDDEN}/{name}.yaml" if name in must else f"does not name the group {name!r}"
        raise ConfigError(f"{section.where('hidden')}: 'hidden': {missing}")
    for name, kind in must.items():
        if kind not in _MUST:
            raise ConfigError(f"{must.where(name)}: {name!r} must be begin or keep, not {kind!r:.40}")
        if kind == "begin" and name in first:
            raise ConfigError(f"{must.where(name)}: {name!r} is a group of the task itself: say keep")
    if "begin" not in must.values() and not section.keys() & {"refactor", "documentation"}:
        raise ConfigError(f"{section.where('hidden')}: no group must begin to pass; say `begin` of one")
    return {name: {**groups[name], "must": must[name]} for name in must}


def _groups(folder: Path, files: Tree) -> dict[str, dict[str, Any]]:
    """Groups by name: ``NAME.yaml`` holds what the driver beside it (``NAME.py``) must emit."""
    groups: dict[str, dict[str, Any]] = {}
    for path in (path for path in files if path.endswith(".yaml")):
        name = path.removesuffix(".yaml")
        drivers = [other for other in files if other.rpartition(".")[0] == name and other != path]
        if len(drivers) != 1:
            raise ConfigError(
                f"{folder / path}: needs one driver beside it, {name}.py say; there are {len(drivers)}"
            )
        expected = expect_section(read_yaml(folder / path), f"{folder / path}:1", "what a driver emits")
        groups[name] = {"driver": files[drivers[0]], "expect": expected}
    alone = sorted(path for path in files if path.rpartition(".")[0] not in groups)
    if alone:
        raise ConfigError(
            f"{folder / alone[0]}: needs {alone[0].rpartition('.')[0]}.yaml beside it: what it emits"
        )
    return groups


def _fixes(folder: Path, hidden: Mapping[str, Any]) -> dict[str, str]:
    """The fix of each bug, ``fixes/NAME.md``: every group that must begin to pass fails by one."""
    if not (folder / FIXES).is_dir():
        return {}
    files = read_tree(folder / FIXES)
    bugs = [f"{name}.md" for name, group in hidden.items() if group["must"] == "begin"]
    for name in sorted(files.keys() ^ set(bugs)):
        group = name.removesuffix(".md")
        missing = f"is missing; the group {group!r} must begin to pass, so it has a bug"
        raise ConfigError(
            f"{folder / FIXES / name}: {missing if name in bugs else 'belongs to no group that must begin to pass'}"
        )
    return {name.removesuffix(".md"): files[name] for name in bugs}


def _overlay(folder: Path) -> Tree:
    files = read_tree(folder)
    if not files:
        raise ConfigError(f"{folder}: is empty or missing; put the files there that an answer would change")
    return files


def _wrong(folder: Path, start: Tree) -> list[str]:
    """Wrong answers: ``wrong/N/``, files laid over ``start/``, or ``wrong/N.md``, an answer as a model writes it."""
    files = read_tree(folder / WRONG)
    answers = [
        files[path.name] if path.name in files else as_answer(start, {**start, **_overlay(path)})
        for path in sorted((folder / WRONG).glob("*"))
    ]
    if len(answers) < 2:
        raise ConfigError(
            f"{folder / WRONG}: needs two folders at least, 1/ and 2/, or two answers, 1.md and 2.md, that must fail"
        )
    return answers


def _prompt(task: Mapping[str, Any], language: str, shown: Tree, protected: list[str]) -> str:
    """The specification with the tree and the visible checks; how to answer is said by who asks."""
    parts = [project_prompt(str(task.get("prompt") or "").strip(), shown, protected)]
    if task.get("refactor"):
        parts.append(_aims(task["refactor"]))
    if task.get("documentation"):
        section, examples = (task["documentation"].get(key, one) for key, one in _DEMANDS.items())
        form = _EXAMPLES.get(language, "")  # of another language the grader says that there is none
        parts.append(_DOCUMENTS.format(examples=examples, section=section, form=form))
    text = "\n\n".join(parts)
    most = _CHARACTERS * PROMPT_TOKENS.get(str(task.get("difficulty")), PROMPT_TOKENS["advanced"])
    if len(text) > most:
        raise ConfigError(
            f"{getattr(task, 'file', '?')}:1: the prompt has {len(text):,} characters, a task of this difficulty "
            f"{most:,} at most; make the tree smaller"
        )
    return text


def _aims(refactor: Any) -> str:
    """What a refactoring has to reach, and what it has to keep."""
    aims = [_AIMS[key].format(refactor[key]) for key in _AIMS if key in refactor] + [
        *(refactor.get("facts") or ())
    ]
    kept = (
        "the program does what it did",
        "everything public keeps its name and signature (more may be added)",
        "there are at most 1.3 times as many lines of code as now, without empty lines and comments",
    )
    return "Afterwards this must hold of the whole project:\n" + "".join(
        f"- {one};\n" for one in (*aims, *kept)
    )
