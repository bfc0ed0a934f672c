"""What a model is asked: the change in words, the outline of the tree, and the files that matter for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from harness.trees import as_answer
from harness.words import counted

CHARACTERS = 4  # a token
_OUTLINE = 0.15  # of the prompt, at most
_READ = 60  # files that are looked at for the rest of the room
_LINES = 6  # of a declaration
_NAMES = 40  # that the tests use
_DECLARES: Mapping[str, re.Pattern[str]] = {
    "python": re.compile(r"\s*(?:async\s+)?(?:def|class)\s+(\w+)|([A-Za-z_]\w*)\s*(?::[^=]+)?=(?!=)"),
    "rust": re.compile(
        r"\s*(?:pub(?:\([\w:\s]+\))?\s+)?(?:(?:async|const|unsafe|extern\s+\"[^\"]*\")\s+)*"
        r"(?:fn|struct|enum|union|trait|type|const|static|mod|macro_rules!)\s+(\w+)"
    ),
    "go": re.compile(r"(?:func(?:\s*\([^)]*\))?|type|var|const)\s+(\w+)"),
}

Texts = Mapping[str, str]
Reader = Callable[[str], str | None]  # of a file in the tree that is given: its text, None where it has none


def prompt_of(
    words: str, paths: Collection[str], before: Texts, read: Reader, near: Sequence[str],
    names: Sequence[str], tokens: int,
) -> str | None:  # fmt: skip
    """The prompt, ``None`` where what must be in it is more than ``tokens``.

    ``before`` are the files that the reference changes. ``near`` are other files, the most telling first, of
    which as many are shown as there is room for. ``names`` are declarations that the tests rely on.
    """
    room = tokens * CHARACTERS
    parts = [
        "A repository is to be changed as its maintainers did. This is what they wrote about the change:",
        words,
    ]
    if names:
        listed = "\n".join(names)
        parts.append(
            f"The tests use what is declared like this, which is not there yet:\n\n```\n{listed}\n```"
        )
    parts += ["The files of the repository:", outline(paths, before, int(room * _OUTLINE))]
    parts.append(
        "Tests that are not shown decide whether the change is right. Changes of tests, and of files that say how "
        "the project is built and tested, are left out. The files that matter most, as they are:"
    )
    size = sum(len(part) + 2 for part in parts) + len(as_answer({}, before))
    if size > room:
        return None
    shown = dict(before)
    for path in near[:_READ]:
        text = read(path)
        if text and path not in shown and (more := len(as_answer({}, {path: text})) + 1) <= room - size:
            shown[path] = text
            size += more
    return "\n\n".join([*parts, as_answer({}, shown)]) + "\n"


def outline(paths: Collection[str], touched: Collection[str], most: int) -> str:
    """The paths, a folder a line; in at most about ``most`` characters: folders far from ``touched`` shrink."""
    folders: dict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        folder, _, name = path.rpartition("/")
        folders[folder].append(name)
    lines = {folder: f"{folder or '.'}/: {' '.join(names)}" for folder, names in sorted(folders.items())}
    near = {path.rpartition("/")[0] for path in touched}

    def size() -> int:
        return sum(map(len, lines.values())) + len(lines) - 1

    for folder in sorted(lines, key=lambda folder: (folder in near, -len(lines[folder]))):
        if size() <= most:
            break
        lines[folder] = f"{folder or '.'}/: {counted(len(folders[folder]), 'file')}"
    while len(lines) > 1 and size() > most:
        deepest = max(lines, key=lambda folder: (folder not in near, folder.count("/"), folder))
        parent = deepest.rpartition("/")[0]
        within = sum(1 for path in paths if path.startswith(f"{parent}/") or not parent)
        for folder in [folder for folder in lines if not parent or f"{folder}/".startswith(f"{parent}/")]:
            del lines[folder]
        lines[parent] = f"{parent or '.'}/: {counted(within, 'file')} in all"
    return "\n".join(lines[folder] for folder in sorted(lines))


def neighbours(
    paths: Collection[str], before: Texts, tests: Sequence[str], is_code: Callable[[str], bool]
) -> list[str]:
    """Other files by how much they tell about those in ``before``: their tests, what they name, their folders."""
    words = set(re.findall(r"\w+", " ".join([*before.values(), *before])))
    folders = {path.rpartition("/")[0] for path in before}
    ranked = []
    for path in paths:
        folder, _, name = path.rpartition("/")
        stem = name.partition(".")[0]
        is_named = stem in words and len(stem) > 2
        if path not in before and is_code(path) and (is_named or folder in folders):
            ranked.append((not is_named, folder not in folders, path))
    return [*(path for path in tests if path in paths), *(path for *_, path in sorted(ranked))]


def declarations(language: str, before: Texts, after: Texts, tests: Collection[str]) -> list[str]:
    """What is new in ``after`` and named in the texts ``tests``: the first lines of each declaration."""
    named = set(re.findall(r"\w+", " ".join(tests)))
    present = set(re.findall(r"\w+", " ".join(before.values())))
    listed: list[str] = []
    for path, text in after.items():
        lines = text.split("\n")
        declared = [
            _declaration(lines, at)
            for at in _added(before.get(path, "").split("\n"), lines)
            if (name := _declared(language, lines[at])) and name in named and name not in present
        ]
        if declared:
            listed += [f"{path}:", *declared]
    return listed[:_NAMES]


def _declared(language: str, line: str) -> str | None:
    match = _DECLARES[language].match(line)
    return next(filter(None, match.groups()), None) if match else None


def _declaration(lines: Sequence[str], at: int) -> str:
    """The line with those that follow until its brackets are closed, without what stands behind ``=``."""
    text = lines[at]
    for line in lines[at + 1 : at + _LINES]:
        if sum(text.count(sign) for sign in "([") <= sum(text.count(sign) for sign in ")]"):
            break
        text += "\n" + line
    head = re.match(r"(\s*[A-Za-z_]\w*\s*(?::[^=\n]+)?)=(?!=)", text)
    return head[1].rstrip() if head else text.rstrip().removesuffix("{").rstrip()


def _added(old: Sequence[str], new: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines of ``new`` that are not in ``old``, from 0 on."""
    for tag, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag in ("insert", "replace"):
            yield from range(start, end)


def added_lines(before: Texts, after: Texts) -> list[str]:
    """Every line that is new in ``after``."""
    return [
        lines[at]
        for path, text in after.items()
        for lines in [text.split("\n")]
        for at in _added(before.get(path, "").split("\n"), lines)
    ]
