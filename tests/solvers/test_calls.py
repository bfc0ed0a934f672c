"""Commands as calls of a tool: of servers that have tools, that have none, and that have them in part."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from harness.messages import ToolCall
from harness.records import Completion, Request
from harness.resultrow import ResultRow
from harness.solvers.base import say
from harness.solvers.commands import Action, Step, as_calls, as_text, read_action
from tests.endpoints import IN_USD, OUT_USD
from tests.loopback import Loopback, Play, answer, stream
from tests.solvers.test_agent import SOLVE, SUBMIT, metrics, observed

TOKENS = {"prompt_tokens": 1000, "completion_tokens": 100}
A_TURN = (1000 * IN_USD + 100 * OUT_USD) / 1e6
SED = "sed -i 's/return a$/return a + b/' sums.py"
Ask = Callable[..., ResultRow]


def call(command: str, said: str = "") -> Play:
    """An answer that calls the tool."""
    function = {"name": "bash", "arguments": json.dumps({"command": command})}
    return called({"id": "x1", "index": 0, "function": function}, said=said)


def called(*parts: Mapping[str, Any], said: str = "") -> Play:
    """An answer with these parts of calls."""
    texts = (said,) if said else ()
    deltas = [{"tool_calls": [part]} for part in parts]
    return stream(*texts, deltas=deltas, finish="tool_calls", usage=TOKENS)


def text(said: str) -> Play:
    """An answer without a call."""
    return stream(said, usage=TOKENS)


def test_a_project_is_solved_by_calls(ask: Ask) -> None:
    plays = (call("cat sums.py", "I look."), call("check"), call(SED), call("echo SUBMIT_PROJECT"))
    with Loopback(*plays) as server:
        row = ask(server)
    assert (row.passed, row.solver) == (True, "agent"), row.error
    assert row.cost_usd == pytest.approx(4 * A_TURN)
    kept = {name: metrics(row).get(name) for name in ("status", "turns", "commands_by", "tools_refused")}
    assert kept == {"status": "submitted", "turns": 4, "commands_by": "calls", "tools_refused": None}
    first, *_, last = [call.body for call in server.calls]
    (tool,) = first["tools"]
    assert tool["function"]["name"] == "bash" and "Call the tool `bash`" in first["messages"][-1]["content"]
    said, result = last["messages"][1:3]
    (made,) = said["tool_calls"]
    assert (said["role"], said["content"], result["role"]) == ("assistant", "I look.", "tool")
    assert made["id"] == result["tool_call_id"] and len(made["id"]) == 9
    assert json.loads(made["function"]["arguments"]) == {"command": "cat sums.py"}
    assert result["content"].startswith("exit code: 0\noutput:\ndef add(a, b):")
    turns = json.loads(row.transcript or "")
    assert turns[0] == {"role": "assistant", "content": "I look.\n\n```bash\ncat sums.py\n```"}


@pytest.mark.parametrize(
    "refusal",
    [answer(400, {"error": {"message": "m does not support tools"}}), answer(400)],
    ids=["named", "without words"],
)
def test_a_server_without_tools_is_asked_for_blocks(ask: Ask, refusal: Play) -> None:
    with Loopback(refusal, text(SOLVE), text(SUBMIT)) as server:
        row = ask(server)
    assert (row.passed, row.attempts) == (True, 1), (row.error_type, row.error)
    assert (metrics(row)["commands_by"], metrics(row)["turns"]) == ("blocks", 2)
    assert metrics(row)["tools_refused"].startswith("127.0.0.1")
    bodies = [call.body for call in server.calls]
    assert ["tools" in body for body in bodies] == [True, False, False]
    assert "block like this" in bodies[1]["messages"][-1]["content"]


def test_what_is_no_matter_of_tools_is_told_as_it_is(ask: Ask) -> None:
    with Loopback(answer(401, {"error": {"message": "invalid api key"}})) as server:
        row = ask(server)
    assert (row.status, row.error_type, len(server.calls)) == ("skipped", "auth", 1)
    with Loopback(answer(400, {"error": {"message": "seed must be odd"}})) as server:
        row = ask(server)
    assert (row.status, row.error_type, len(server.calls)) == ("error", "bad_request", 2)


def test_turns_of_calls_that_are_refused_are_written_as_text(ask: Ask) -> None:
    """Some templates know tools, but not the turns that answer them."""
    refusal = answer(400, {"error": {"message": "unexpected role 'tool' in messages"}})
    with Loopback(call(SED, "I mend it."), refusal, text(SUBMIT)) as server:
        row = ask(server)
    assert (row.passed, metrics(row)["commands_by"], metrics(row)["turns"]) == (True, "blocks", 2)
    *_, said, told = server.calls[-1].body["messages"]
    assert said == {"role": "assistant", "content": f"I mend it.\n\n```bash\n{SED}\n```"}
    assert told["role"] == "user" and "tools" not in server.calls[-1].body


def test_a_server_that_passes_over_the_tools_answers_in_blocks(ask: Ask) -> None:
    with Loopback(text(SOLVE), text(SUBMIT)) as server:
        row = ask(server)
    assert row.passed and metrics(row)["commands"] == 2


def test_three_calls_in_a_row_that_nobody_can_read_end_the_work(ask: Ask) -> None:
    """What the tree holds by then is judged; a server may refuse its own model's call."""
    refused = answer(400, {"error": {"message": "Failed to call a function.", "code": "tool_use_failed"}})
    with Loopback(call(SED), called({"id": "a", "function": None}), refused, text("words")) as server:
        row = ask(server)
    assert (row.passed, metrics(row)["status"]) == (True, "format")
    assert row.cost_usd == pytest.approx(3 * A_TURN)
    assert "no JSON" in observed(row)[1] and "no JSON" in observed(row)[2]
    assert all(turn["content"] for turn in server.calls[-1].body["messages"] if "tool_calls" not in turn)


@pytest.mark.parametrize(
    ("arguments", "command", "flaw"),
    [
        ('{"command": "ls"}', "ls", ""),
        (' {"command": "a\nb"}}', "a\nb", ""),
        ('{"command": "ls"}{"command": "pwd"}', "ls", ""),
        ('{"command": ["bash", "-lc", "ls -l"]}', "ls -l", ""),
        ('{"command": "\\ud800"}', "?", ""),
        ('{"command": "ls', None, "no JSON: Unterminated string"),
        ("ls", None, "no JSON"),
        ("", None, "no JSON"),
        ("[" * 9999, None, "no JSON"),
        ('{"script": "ls"}', None, "one argument, `command`"),
        ('{"command": 7}', None, "which is text"),
        ('["ls"]', None, "one argument, `command`"),
        ('{"command": "a\\u0000b"}', None, "NUL"),
    ],
)
def test_the_command_of_a_call(arguments: str, command: str | None, flaw: str) -> None:
    """Where there is none, the model is told what is wrong, not that its answer was cut off."""
    action = read_action(
        Completion(call=ToolCall("a", "shell", arguments), finish_reason="tool_calls" if flaw else "length")
    )
    assert (action.command, action.called) == (command, command is not None)
    assert flaw in action.flaw
    assert "cut off" in read_action(Completion("I ", finish_reason="length")).flaw


def test_a_command_with_a_fence_in_it_is_shown_whole() -> None:
    step = Step(Action("", "cat <<E\n```\nE", called=True), "exit code: 0")
    said, told = as_text([step])
    assert said.content == "`````bash\ncat <<E\n```\nE\n`````" and told.content == "exit code: 0"
    empty = Step(Action(" ", None, "There is none."), "There is none.")
    said, told = say(Request("1", "s", "t", ()), *as_calls([empty])).messages
    assert (said.content, told.content) == ("(nothing)", "There is none.")  # endpoints refuse empty turns


def test_a_failure_that_is_not_the_models_makes_an_error(ask: Ask) -> None:
    """What was paid by then stands in the row."""
    with Loopback(call("ls"), answer(503, {"error": {"message": "out of order"}})) as server:
        row = ask(server)
    assert (row.status, row.error_type, row.passed) == ("error", "server_error", None)
    assert row.cost_usd == pytest.approx(A_TURN) and metrics(row)["status"] == "server_error"


def test_a_context_that_is_full_ends_the_work(ask: Ask) -> None:
    full = answer(400, {"error": {"message": "maximum context length is 8192 tokens"}})
    with Loopback(call(SED), full) as server:
        row = ask(server)
    assert (row.passed, metrics(row)["status"]) == (True, "context_exceeded")


def test_a_sample_costs_no_more_than_its_limit(ask: Ask) -> None:
    """The first request is always sent; of the others only those that cannot exceed the limit."""
    with Loopback(call("true")) as server:
        row = ask(server, cost_limit=0.02)
    assert (row.status, metrics(row)["status"], row.solver) == ("ok", "cost", "agent $0.02")
    assert 0 < (row.cost_usd or 0) <= 0.02 and len(server.calls) > 1
    with Loopback(text("nothing")) as server:
        row = ask(server, cost_limit=0.001, solver="tries", tries=3)
    assert (len(server.calls), metrics(row)["status"]) == (1, "cost")
