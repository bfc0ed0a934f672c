"""A mined suite on disk: its head, a folder a task, and which commits were looked at and what came of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ConfigError, HarnessError
from harness.files import made_whole, write_atomically
from harness.filesections import expect_section
from harness.words import counted
from harness.yamlfile import read_yaml
from harness.yamltext import yaml_text

STATE = "commits.tsv"
_HEAD = "suite.yaml"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_MADE_BY = "# Made by `harness suites mine`; texts may be edited, the trees lie in objects/.\n"
_README = """\
# {name}

Mined from the history of `{source}` by `harness suites mine`: {tasks}, each a commit of which some tests fail before
it and pass after it.

**What it measures.** Whether a model makes the changes that this repository's maintainers made, as far as their tests
tell: the tests that begin to pass must pass, and those that passed must go on passing.

**What it does not.** Tests were written for one solution and may refuse others that are as good. A message that was
written for colleagues may leave out what they knew. Models may have seen the repository, and so the solution.

**How it could be gamed.** Tests run beside the code that is judged (`metrics.verdict` is `inside`): code that is out
to deceive can have them pass.

{left}
"""


@dataclass(frozen=True, slots=True)
class TriedCommit:
    """A commit that was tried: ``reason`` is why it is no task, ``detail`` what was seen."""

    commit: str
    reason: str | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MinedTask:
    """All that a task's folder holds."""

    id: str
    prompt: str
    reference: str
    wrong: Sequence[str]
    difficulty: str
    category: str
    language: str
    max_tokens: int
    time_limit: int
    grader: Mapping[str, Any]


class MinedSuite:
    """The suite in ``folder``, new or begun before."""

    def __init__(self, folder: Path, source: str) -> None:
        """Raises ``HarnessError`` where something else is in the folder."""
        self.folder, self._source = folder, source
        if not _NAME.fullmatch(folder.name):
            raise HarnessError(
                f"--into {folder}: a suite is named by lower-case letters, digits, '-', '.', '_'"
            )
        if folder.exists() and any(folder.iterdir()) and not (folder / STATE).is_file():
            raise HarnessError(f"--into {folder}: is no suite that was mined; name a new folder")
        self.tried = {tried.commit: tried for tried in _read_state(folder / STATE)}

    def begin(self, head: Mapping[str, Any]) -> None:
        """Write ``suite.yaml``, unless it is there: it may have been edited.

        Raises ``ConfigError`` where it names another environment: its tasks would be judged by that one.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / _HEAD
        written = expect_section(read_yaml(file), str(file), "a suite") if file.exists() else head
        theirs, ours = (json.dumps(one.get("environment"), sort_keys=True) for one in (written, head))
        if theirs != ours:
            raise ConfigError(
                f"{file}: its `environment` is not the one of this run; correct it there "
                "(it judges the tasks), or mine into another folder"
            )
        write_atomically(self.folder / STATE, "".join(map(_line, self.tried.values())))
        if not file.exists():
            write_atomically(file, _MADE_BY + yaml_text({"name": self.folder.name, **head}))

    def add(self, task: MinedTask) -> None:
        """Write the folder of a task, all of it or nothing."""
        with made_whole(self.folder / task.id) as made:
            (made / "PROMPT.md").write_text(task.prompt, encoding="utf-8")
            (made / "REFERENCE.md").write_text(task.reference, encoding="utf-8")
            names = []
            for number, answer in enumerate(task.wrong, 1):
                names.append(f"WRONG-{number}.md")
                (made / names[-1]).write_text(answer, encoding="utf-8")
            values = {
                "id": task.id,
                "category": task.category,
                "difficulty": task.difficulty,
                "language": task.language,
                "max_tokens": task.max_tokens,
                "time_limit": task.time_limit,
                "grader": {"repository": dict(task.grader)},
            }
            files = "prompt: !file PROMPT.md\nreference: !file REFERENCE.md\nwrong:\n"
            files += "".join(f"- !file {name}\n" for name in names)
            (made / "task.yaml").write_text(yaml_text(values) + files, encoding="utf-8")

    def note(self, tried: TriedCommit) -> None:
        """Keep what came of a commit; a line that was cut off by a crash is none."""
        self.tried[tried.commit] = tried
        with (self.folder / STATE).open("a", encoding="utf-8") as file:
            file.write(_line(tried))

    @property
    def tasks(self) -> int:
        """How many there are."""
        return sum(tried.reason is None for tried in self.tried.values())

    def finish(self, left: Counter[str]) -> None:
        """Write the README with what was left out, and why."""
        lines = [f"- {counted(count, 'commit')}: {reason}" for reason, count in left.most_common()]
        words = "\n".join(["Commits that were left out:", "", *lines]) if lines else "No commit was left out."
        write_atomically(
            self.folder / "README.md",
            _README.format(
                name=self.folder.name, source=self._source, tasks=counted(self.tasks, "task"), left=words
            ),
        )


def task_id(commit: str, title: str) -> str:
    """The commit's first digits and words of its title: ``3f2a9c1b7d-handle-empty-input``."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40].rstrip("-")
    return f"{commit[:10]}-{slug}" if slug else commit[:10]


def _line(tried: TriedCommit) -> str:
    return "\t".join([tried.commit, tried.reason or "", " ".join(tried.detail.split())]) + "\n"


def _read_state(path: Path) -> list[TriedCommit]:
    if not path.is_file():
        return []
    lines = path.read_text("utf-8", errors="replace").split("\n")[
        :-1
    ]  # the last ends with a line end, or is cut
    words = [line.split("\t") for line in lines]
    return [
        TriedCommit(commit, reason or None, detail)
        for commit, reason, detail in (w for w in words if len(w) == 3)
    ]
