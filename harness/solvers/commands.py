"""The command in an answer, and the steps of a dialogue as messages: calls of a tool, or blocks of text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from harness.graders.fences import closes, opening
from harness.graders.reply import MAX_CHARS, final_reply
from harness.messages import CallingMessage, Message, ToolCall, ToolMessage, ToolSpec
from harness.records import Completion
from harness.solvers.prompts import CUT_OFF, NO_COMMAND

BASH = ToolSpec(
    "bash",
    "Run a command in the project's folder, in a new shell. You get its exit code and what it prints.",
    {
        "type": "object",
        "properties": {"command": {"type": "string", "description": "one line of bash, or a script"}},
        "required": ["command"],
    },
)
_FENCES = ("bash", "sh", "shell", "console", "terminal", "")  # what stands behind the fence of a command
_READER = json.JSONDecoder(strict=False)  # models write line breaks into strings


@dataclass(frozen=True, slots=True)
class Action:
    """What an answer comes to: its text as far as it counts, and the command, or else why there is none."""

    text: str
    command: str | None = None
    flaw: str = ""
    called: bool = False  # the command is the argument of a call


@dataclass(frozen=True, slots=True)
class Step:
    """An answer, and what the model was shown of it."""

    action: Action
    shown: str


def read_action(answer: Completion) -> Action:
    """The first command of an answer: what follows was written without having seen what that prints."""
    if answer.call is not None:
        text, command, flaw = answer.output, *_argument(answer.call)
    else:
        (text, command), flaw = first_command(answer.output), NO_COMMAND
    if len(answer.output) > MAX_CHARS:
        command, flaw = None, f"Your answer is longer than {MAX_CHARS:,} characters, so nothing was run."
    elif command is None and answer.finish_reason == "length":
        flaw = CUT_OFF
    if command is not None and "\0" in command:
        command, flaw = None, "There is a NUL character in your command, so nothing was run."
    if command is not None:
        command = command.encode("utf-8", "replace").decode()  # half a character is none
    return Action(text, command, flaw, command is not None and answer.call is not None)


def first_command(output: str) -> tuple[str, str | None]:
    """An answer up to the end of its first block of bash, and what stands in the block."""
    lines = final_reply(output).split("\n")
    at = 0
    while at < len(lines):
        fence = opening(lines[at])
        if fence is not None:
            end = next((n for n in range(at + 1, len(lines)) if closes(lines[n], fence)), None)
            if end is None:
                break
            if fence.info.lower() in _FENCES:
                return "\n".join(lines[: end + 1]), "\n".join(
                    fence.inner(line) for line in lines[at + 1 : end]
                )
            at = end
        at += 1
    return output, None


def _argument(call: ToolCall) -> tuple[str | None, str]:
    """The command that a call names, else what is wrong with it. There is one tool, whatever its name."""
    try:
        arguments: Any = _READER.raw_decode(call.arguments.lstrip())[0]
    except (ValueError, RecursionError) as error:
        return None, f"Nothing was run: the arguments of your call are no JSON: {error}."
    command = arguments.get("command") if isinstance(arguments, dict) else None
    if isinstance(command, list) and len(command) == 3 and command[1] in ("-c", "-lc"):  # bash -lc …
        command = command[2]
    if isinstance(command, str):
        return command, ""
    return None, "Nothing was run: call the tool `bash` with one argument, `command`, which is text."


def as_calls(steps: Iterable[Step]) -> Iterator[Message]:
    """The steps as calls of the tool and their results; what was no call is text."""
    for number, step in enumerate(steps, 1):
        action = step.action
        if action.called:
            arguments = json.dumps({"command": action.command})
            call = ToolCall(f"call{number:05}", BASH.name, arguments)  # Mistral wants nine letters and digits
            yield CallingMessage("assistant", action.text, call)
            yield ToolMessage("tool", step.shown, call.id)
        else:
            yield from as_text([step])


def as_text(steps: Iterable[Step]) -> Iterator[Message]:
    """The steps as text, which every model takes and everybody can read."""
    for step in steps:
        text = step.action.text
        if step.action.called and step.action.command is not None:
            fence = "```" if "```" not in step.action.command else "`````"
            text = f"{text}\n\n{fence}bash\n{step.action.command}\n{fence}".lstrip()
        yield Message("assistant", text)
        yield Message("user", step.shown)
