"""From the history of a repository to a suite: which commits are tried, and what is kept of them."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from harness.errors import RepositoryError
from harness.git import Borrowed, new_store
from harness.graders.languages import LANGUAGES
from harness.graders.repository import OBJECTS
from harness.graders.testrun import Environment, matches, runner_of
from harness.runner.describing import Describer
from harness.runner.mining_trial import LeftOut, MiningOptions, Trial
from harness.sandbox.base import Sandbox
from harness.suites.mining.choosing import Candidate, LanguageFiles, choose
from harness.suites.mining.history import history
from harness.suites.mining.message import title
from harness.suites.mining.writing import MinedSuite, TriedCommit


def files_of(language: str) -> LanguageFiles:
    """How the files of a language are told apart, by its runner."""
    runner = runner_of(language)
    return LanguageFiles(
        language,
        LANGUAGES[language].suffix,
        lambda path: matches(path, runner.tests),
        lambda path: matches(path, runner.settings),
        runner.inline,
    )


@dataclass(frozen=True)
class Miner:
    """One search through a history, into ``suite``."""

    borrowed: Borrowed
    suite: MinedSuite
    options: MiningOptions
    environment: Environment
    sandbox: Sandbox
    describer: Describer | None = None

    def mine(self, tried: Callable[[TriedCommit, str], None]) -> Counter[str]:
        """Look at commits until there are enough tasks; why others are none, with how many there were.

        ``tried`` hears of each whose tests were run, with its title.
        """
        left: Counter[str] = Counter()
        languages = [files_of(name) for name in self.options.languages]
        tasks = 0
        with _scratch(self.borrowed) as scratch:
            for commit in history(
                self.borrowed.git, self.borrowed.head, self.options.since, self.options.paths
            ):
                if tasks >= self.options.most:
                    break
                chosen = choose(commit, languages, self.options.max_lines)
                if isinstance(chosen, str):
                    left[chosen] += 1
                    continue
                result = self.suite.tried.get(commit.id)
                if result is None:
                    result = self._try(chosen, scratch)
                    self.suite.note(result)
                    tried(result, title(chosen.words))
                if result.reason is None:
                    tasks += 1
                else:
                    left[result.reason] += 1
            self.suite.finish(left)
        return left

    def _try(self, candidate: Candidate, scratch: Path) -> TriedCommit:
        """Run a commit's tests, and write the task that it makes."""
        try:
            trial = Trial(candidate, self.borrowed.git, scratch, self.options, self.environment, self.sandbox)
            task = trial.task(self.describer)
        except LeftOut as left:
            return TriedCommit(candidate.commit.id, left.reason, left.detail)
        except RepositoryError as error:
            return TriedCommit(candidate.commit.id, "its objects are not all there", str(error))
        grader = trial.grader
        new_store(self.suite.folder / OBJECTS, grader.start).take(trial.git, [grader.start, grader.tests])
        self.suite.add(task)
        kept = f"{len(task.grader['begin'])} begin, {len(task.grader['keep'])} go on"
        return TriedCommit(candidate.commit.id, None, f"{task.id}: {kept}")


def suite_head(borrowed: Borrowed, environment: Environment, languages: Sequence[str]) -> dict[str, Any]:
    """What ``suite.yaml`` says, but for the name."""
    kept = {name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(environment).items() if value}  # fmt: skip
    return {
        "version": "1.0.0",
        "category": "code",
        "language": languages[0],
        "description": f"Changes of {borrowed.top.name}, judged by the tests that came with them.",
        "licence": "as the repository",
        "policy": "private",
        "environment": kept,
        "defaults": {"role": "coder"},
    }


@contextmanager
def _scratch(borrowed: Borrowed) -> Iterator[Path]:
    """A folder like a suite's, whose store sees all that the repository has."""
    with tempfile.TemporaryDirectory(prefix="harness-mining-") as temporary:
        folder = Path(temporary)
        new_store(folder / OBJECTS, borrowed.head)
        alternates = folder / OBJECTS / "info" / "alternates"
        alternates.parent.mkdir()
        alternates.write_text(f"{borrowed.git.objects}\n", encoding="utf-8", errors="surrogateescape")
        yield folder
