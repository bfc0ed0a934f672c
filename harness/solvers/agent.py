"""A loop in the sandbox: the model gives one command after another, sees what it prints, and submits."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from time import monotonic, perf_counter

from harness.graders.tree import TreeGrader
from harness.messages import Message, ToolCall
from harness.records import Completion, Request, Task
from harness.sandbox.session import COMMAND, Session, session
from harness.solvers.base import OUTPUT, STEPS, Tools, Way, dialogue, ended_by, lost, say
from harness.solvers.commands import BASH, Action, Step, as_calls, as_text, read_action
from harness.solvers.prompts import AGENT, BY_BLOCKS, BY_CALLS, OBSERVATION
from harness.solvers.tries import shown
from harness.words import ends

SECONDS, FORMAT_ERRORS = 600.0, 3
SUBMIT = "SUBMIT_PROJECT"  # a command that prints this as its last line and succeeds ends the work
CHECK = "check"  # a command that is harness's own: it runs the visible checks
_REFUSED = ("no_tools", "bad_request")  # what a server may say to tools, or to the turns of their calls
# In place of a refusal, when a server could not read the call that its model made.
_UNREAD = Completion(
    prompt_tokens=0, completion_tokens=0, latency_s=0.0, ttft_s=0.0, call=ToolCall("", BASH.name, "")
)


@dataclass(slots=True)
class Loop:
    """One dialogue in progress. ``status`` is why it ended, once it has."""

    project: TreeGrader
    task: Task
    tools: Tools
    session: Session
    asked: Request  # the project, with nothing on how to answer
    calls: bool  # commands are calls of a tool, as long as the server takes them
    answers: list[Completion] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    commands: int = 0
    beside_s: float = 0.0
    status: str | None = None
    refused: str | None = None  # what the server said to tools
    _errors: int = 0  # answers without a command, in a row
    _began: float = field(default_factory=monotonic)

    async def run(self) -> Completion | None:
        """Ask, run, show, until the model submits or a limit is reached. Returns the failure that ends it."""
        while self.status is None:
            answer = await self._answer()
            if answer.failure is not None:
                self.status = ended_by(answer.failure)
                return answer
            self.answers.append(answer)
            action = read_action(answer)
            began = perf_counter()
            observation = await self._observe(action)
            self.beside_s += perf_counter() - began
            self.steps.append(Step(action, observation))
            if self.status is None and len(self.answers) >= STEPS:
                self.status = "steps"
            elif self.status is None and monotonic() - self._began > SECONDS:
                self.status = "time"
        return None

    async def _answer(self) -> Completion:
        """The next answer; where the server takes no tools, the question is put without them."""
        answer = await self.tools.ask(self._request())
        if self.calls and answer.failure is not None and answer.failure.kind in _REFUSED:
            self.calls, self.refused = False, answer.failure.message
            answer = await self.tools.ask(self._request())
        unread = answer.failure is not None and answer.failure.kind == "bad_call"
        return _UNREAD if unread else answer

    def _request(self) -> Request:
        *before, last = self.asked.messages
        how = AGENT.format(how=BY_CALLS if self.calls else BY_BLOCKS, steps=STEPS)
        messages = (*before, Message(last.role, f"{last.content}\n\n{how}"))
        asked = replace(self.asked, messages=messages, tools=(BASH,) if self.calls else ())
        return say(asked, *(as_calls if self.calls else as_text)(self.steps))

    async def _observe(self, action: Action) -> str:
        """What the model is shown of its command, or of its lack of one."""
        if action.command is None:
            self._errors += 1
            if self._errors == FORMAT_ERRORS:
                self.status = "format"
            return action.flaw
        self._errors = 0
        self.commands += 1
        if action.command.strip() == CHECK:
            left = await self.tools.work(partial(self.project.read, self.session.project))
            failures = await self.tools.work(partial(self.project.failures, left, self.task, self.tools.cage))
            return OBSERVATION.format(
                code=int(bool(failures)), output=shown(failures) or "all visible checks pass"
            )
        outcome = await self.tools.work(partial(self.session.run, action.command, COMMAND))
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
        return OBSERVATION.format(code=code, output=ends(output, OUTPUT) or "(no output)")


async def agent(project: TreeGrader, task: Task, request: Request, tools: Tools, way: Way) -> Completion:
    """The tree that the model leaves, as edits of the one it was given."""
    with ExitStack() as stack:
        env, folders = stack.enter_context(project.shell())
        opened = stack.enter_context(session(project.write, tools.cage, env, folders))
        loop = Loop(project, task, tools, opened, request, tools.calls)
        end = await loop.run()
        if end is not None and not loop.answers:
            return end
        output = await tools.work(partial(project.answer, opened.project))
    judged = replace(loop.answers[-1], output=output, finish_reason="stop", failure=lost(end))
    notes = {
        "status": loop.status,
        "commands": loop.commands,
        "commands_by": "calls" if loop.calls else "blocks",
        **({"tools_refused": loop.refused} if loop.refused else {}),
    }
    return dialogue(loop.answers, judged, list(as_text(loop.steps)), loop.beside_s, **notes)
