"""What mining needs of a repository and of this machine: its languages, and what their tests run with."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from harness.errors import HarnessError, SandboxUnavailable, warn
from harness.git import Borrowed
from harness.graders import prepare
from harness.graders.languages import LANGUAGES
from harness.graders.languages.python.runner import describe, imported_from
from harness.graders.testrun import Environment, matches, runner_of
from harness.words import listed

_VIRTUAL = (".venv/bin/python", "venv/bin/python", "env/bin/python")  # in a repository


def languages_of(borrowed: Borrowed, wanted: str | None) -> list[str]:
    """The languages that a repository has tests in, the one with most files first; or the one that is wanted.

    Raises ``HarnessError`` where there are no tests.
    """
    files: Counter[str] = Counter()
    tested = set()
    for path in borrowed.git.entries(borrowed.head):
        for name, language in LANGUAGES.items():
            if path.endswith(language.suffix):
                files[name] += 1
                runner = runner_of(name)
                if runner.inline or matches(path, runner.tests):
                    tested.add(name)
    names = [name for name, _ in files.most_common() if name in tested and wanted in (None, name)]
    if not names:
        among = wanted or listed([*LANGUAGES])
        raise HarnessError(f"{borrowed.top}: has no tests in {among}, so nothing can be mined")
    return names


def environment_of(
    borrowed: Borrowed, languages: Sequence[str], given: Environment
) -> tuple[Environment, list[str]]:
    """What tests are run with, and the languages for which all is there.

    Raises ``SandboxUnavailable`` where that is none of them.
    """
    environment = replace(given, repository=str(borrowed.top))
    if "python" in languages:
        python = given.python or _own_python(borrowed.top)
        paths = imported_from(python, borrowed.top) if python else ()
        environment = replace(environment, python=python, paths=paths)
    there, failures = [], []
    for name in languages:
        try:
            prepare(f"repository {name}")
            runner_of(name).toolbox(environment)
            there.append(name)
        except SandboxUnavailable as error:
            failures.append(error)
    if not there:
        raise failures[0]
    for failure in failures:
        warn(f"left out: {failure}")
    return environment, there


def _own_python(top: Path) -> str | None:
    """The interpreter of a repository's virtual environment, or else the user's if it has pytest."""
    candidates = [top / place for place in _VIRTUAL if (top / place).exists()]
    if not candidates and (on_path := shutil.which("python3")):
        candidates = [Path(on_path)]
    for candidate in candidates:
        about = describe(str(candidate))
        if about is not None and about.has_pytest:
            return str(candidate)
    raise SandboxUnavailable(
        f"{top}: no Python with pytest; say --python .venv/bin/python, the one that its tests run with"
    )
