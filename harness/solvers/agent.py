"""A loop in the sandbox: the model writes one command after another, sees what it prints, and submits."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from time import monotonic, perf_counter

from harness.graders.fences import closes, opening
from harness.graders.reply import final_reply
from harness.graders.tree import TreeGrader
from harness.records import Completion, Message, Request, Task
from harness.sandbox.session import COMMAND, Session, session
from harness.solvers.base import Tools, Way, dialogue, say
from harness.solvers.prompts import AGENT, CUT_OFF, NO_COMMAND, OBSERVATION
from harness.solvers.tries import shown
from harness.words import ends

STEPS, SECONDS, FORMAT_ERRORS = 30, 600.0, 3
SUBMIT = "SUBMIT_PROJECT"  # a command that prints this as its last line and succeeds ends the work
CHECK = "check"  # a command that is harness's own: it runs the visible checks
_OUTPUT = 10_000  # characters of a command's output: the first and last 5,000
_BASH = ("bash", "sh", "shell", "console", "terminal", "")  # behind the fence of a command


@dataclass(slots=True)
class Loop:
    """One dialogue in progress. ``status`` is why it ended, once it has."""

    project: TreeGrader
    task: Task
    tools: Tools
    session: Session
    request: Request
    answers: list[Completion] = field(default_factory=list)
    commands: int = 0
    beside_s: float = 0.0
    status: str | None = None
    _errors: int = 0  # answers without a command, in a row
    _began: float = field(default_factory=monotonic)

    async def run(self) -> None:
        """Ask, run, show, until the model submits or a limit is reached."""
        while self.status is None:
            answer = await self.tools.ask(self.request)
            if answer.failure is not None:
                self.status = "cost" if answer.failure.kind == "budget_spent" else answer.failure.kind
                if not self.answers:
                    self.answers.append(answer)
                return
            self.answers.append(answer)
            said, command = first_command(answer.output)
            began = perf_counter()
            observation = await self._observe(answer, command)
            self.beside_s += perf_counter() - began
            self.request = say(self.request, Message("assistant", said), Message("user", observation))
            if self.status is None and len(self.answers) >= STEPS:
                self.status = "steps"
            elif self.status is None and monotonic() - self._began > SECONDS:
                self.status = "time"

    async def _observe(self, answer: Completion, command: str | None) -> str:
        """What the model is told of its command, or of its lack of one."""
        if command is None:
            self._errors += 1
            if self._errors == FORMAT_ERRORS:
                self.status = "format"
            return CUT_OFF if answer.finish_reason == "length" else NO_COMMAND
        self._errors = 0
        self.commands += 1
        if command.strip() == CHECK:
            left = await self.tools.work(partial(self.project.read, self.session.project))
            failures = await self.tools.work(partial(self.project.failures, left, self.task, self.tools.cage))
            return OBSERVATION.format(
                code=int(bool(failures)), output=shown(failures) or "all visible checks pass"
            )
        outcome = await self.tools.work(partial(self.session.run, command, COMMAND))
        output = outcome.stdout.decode(errors="replace").strip("\n")
        if outcome.exit_code == 0 and output.rpartition("\n")[2].strip() == SUBMIT:
            self.status = "submitted"
        elif await self.tools.work(lambda: self.session.is_full):
            self.status = "disk"
        code = (
            outcome.exit_code
            if outcome.stopped_by is None
            else f"none, stopped by its limit: {outcome.stopped_by}"
        )
        return OBSERVATION.format(code=code, output=ends(output, _OUTPUT) or "(no output)")


async def agent(project: TreeGrader, task: Task, request: Request, tools: Tools, way: Way) -> Completion:
    """The tree that the model leaves, as edits of the one it was given."""
    *before, last = request.messages
    request = replace(request, messages=(*before, Message(last.role, f"{last.content}\n\n{AGENT}")))
    with ExitStack() as stack:
        env, folders = stack.enter_context(project.shell())
        opened = stack.enter_context(session(project.write, tools.cage, env, folders))
        loop = Loop(project, task, tools, opened, request)
        await loop.run()
        if loop.answers[0].failure is not None:
            return loop.answers[0]
        output = await tools.work(partial(project.answer, opened.project))
    judged = replace(loop.answers[-1], output=output, finish_reason="stop")
    turns = loop.request.messages[len(request.messages) :]
    notes = {"status": loop.status, "commands": loop.commands}
    return dialogue(loop.answers, judged, turns, loop.beside_s, **notes)


def first_command(output: str) -> tuple[str, str | None]:
    """An answer up to the end of its first block of bash, and what stands in the block.

    What follows was written without having seen what the command prints, so it never was said.
    """
    lines = final_reply(output).split("\n")
    at = 0
    while at < len(lines):
        fence = opening(lines[at])
        if fence is not None:
            end = next((n for n in range(at + 1, len(lines)) if closes(lines[n], fence)), None)
            if end is None:
                break
            if fence.info.lower() in _BASH:
                return "\n".join(lines[: end + 1]), "\n".join(
                    fence.inner(line) for line in lines[at + 1 : end]
                )
            at = end
        at += 1
    return output, None
