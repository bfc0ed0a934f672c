"""A program of the user's that edits projects itself: Aider, Claude Code, Codex, a script."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from harness.engines.base import file_revision
from harness.errors import ModelUnavailable, SandboxUnavailable
from harness.patterns import take
from harness.records import Completion, Failure, ModelSpec, Request, Throughput
from harness.sandbox.base import Outcome
from harness.sandbox.program import run_program
from harness.trees import write_tree
from harness.words import ends

TASK = "TASK.md"  # the specification, in the tree's folder; it is no part of the tree
_SECONDS = 600.0  # where params say nothing
_PASSED_ON = ("PATH", "HOME", "LANG", "TERM", "USER")
_KEPT = 20_000  # characters of what it prints


class Command:
    """Starts ``spec.command`` in a copy of the tree, with the task on its standard input and in ``TASK.md``.

    ``{task}`` in an argument stands for that file's path. What the program leaves is the answer.
    """

    concurrency = 1
    threads = 0
    beside = 0
    throughput: Throughput | None = None

    def __init__(self, spec: ModelSpec) -> None:
        self._spec = spec
        self.revision: str | None = None

    async def check(self) -> str:
        """The program, and what is passed on to it. Raises ``ModelUnavailable``."""
        return f"{self._program()}, network {'on' if self._spec.network else 'off'}"

    async def open(self) -> float:
        """Nothing is loaded. Raises ``ModelUnavailable``."""
        self.revision = file_revision(Path(self._program()))
        return 0.0

    async def complete(self, request: Request) -> Completion:
        """The tree that the program leaves, as edits of the one that it was given."""
        if request.tree is None:
            return Completion(failure=Failure("no_tree", f"{self._spec.id} edits projects, and this is none"))
        return await asyncio.to_thread(self._run, request)

    async def close(self) -> None:
        """Nothing is held."""

    def _run(self, request: Request) -> Completion:
        assert request.tree is not None
        spec, text = self._spec, "\n\n".join(message.content for message in request.messages)
        started_at, began = datetime.now(UTC).isoformat(timespec="milliseconds"), perf_counter()
        with tempfile.TemporaryDirectory(prefix="harness-command-", ignore_cleanup_errors=True) as temporary:
            folder = Path(temporary) / "project"
            request.tree.write(folder)
            _remove(folder / TASK)
            write_tree({TASK: text}, folder)
            argv = [part.replace("{task}", str(folder / TASK)) for part in spec.command]
            try:
                outcome = run_program(
                    [self._program(), *argv[1:]], folder, env=self._environment(), network=spec.network,
                    allow=[Path(path) for path in spec.allow], wall_s=request.timeout_s or _SECONDS,
                    stdin=text.encode(errors="replace"),
                )  # fmt: skip
            except (SandboxUnavailable, ModelUnavailable) as error:
                return Completion(failure=Failure("program_failed", str(error), fatal=True))
            _remove(folder / TASK)
            output = request.tree.answer(folder)
        printed = self._printed(outcome)
        done = Completion(
            output,
            "stop",
            latency_s=perf_counter() - began,
            billed_usd=self._cost(printed),
            started_at=started_at,
            notes={"exit_code": outcome.exit_code, "status": outcome.stopped_by or "submitted"},
            transcript=json.dumps([{"role": "assistant", "content": ends(printed, _KEPT)}]),
        )
        if done.output or outcome.exit_code == 0:
            return done
        reason = printed.strip().splitlines()[-1:] or ["nothing was printed"]
        ended = outcome.stopped_by or f"exit code {outcome.exit_code}"
        message = f"{spec.command[0]} changed nothing: {ended}: {reason[0][:300]}"
        if reason[0].startswith("bwrap: execvp"):
            message = (
                f"{spec.command[0]} cannot be started in there: what it is made of is private (it, or the "
                "interpreter in its first line); name its folders in `allow`"
            )
        failure = Failure("program_failed", message)
        return Completion(failure=failure, latency_s=done.latency_s, started_at=started_at, notes=done.notes)

    def _program(self) -> str:
        if not self._spec.command:
            raise ModelUnavailable(f"model {self._spec.id}: `command` must name a program: [aider, --yes]")
        program = shutil.which(self._spec.command[0])
        if program is None:
            raise ModelUnavailable(
                f"model {self._spec.id}: there is no program {self._spec.command[0]!r}; install it"
            )
        return program

    def _environment(self) -> dict[str, str]:
        names = (*_PASSED_ON, *self._spec.env)
        return {name: os.environ[name] for name in names if name in os.environ}

    def _printed(self, outcome: Outcome) -> str:
        """What it printed, without the values that it was given in secret."""
        text = (outcome.stdout + outcome.stderr).decode(errors="replace")
        for name in self._spec.env:
            if len(value := os.environ.get(name, "")) >= 8:
                text = text.replace(value, f"[{name}]")
        return text

    def _cost(self, printed: str) -> float | None:
        """USD by ``cost_regex``: its last match, since programs print sums."""
        figure = take(self._spec.cost_regex, printed, -1) if self._spec.cost_regex else None
        try:
            return float(figure.replace(",", "")) if figure is not None else None
        except ValueError:
            return None


def _remove(path: Path) -> None:
    """Take away what lies at a path, whatever a program or a tree put there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
