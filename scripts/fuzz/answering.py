"""What models, endpoints and their code answer."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from harness.engines.endpoint.openai_api import OpenAIEndpoint
from harness.graders import build_grader
from harness.graders.execution import wire
from harness.graders.execution.extract import Malformed, Refused, extract
from harness.messages import Message
from harness.records import Completion, GraderSpec, ModelSpec, Request
from harness.sandbox import open_sandbox
from harness.suites.arithmetic import Expression
from scripts.fuzz.holding import one_line_at_most, soon
from tests import strategies
from tests.graders.tasks import task
from tests.loopback import Loopback, raw

BODIES = [
    {"choices": [{"message": {"content": "4"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 1}},
    {"choices": [{"delta": {"content": "4"}, "finish_reason": None, "index": 0}], "model": "x"},
    {"error": {"message": "no", "code": 429, "type": "rate"}},
]


@st.composite
def bodies(draw: st.DrawFn) -> tuple[int, str, bytes]:
    """Status, content type and body of a reply: streams of damaged events, or damaged objects."""
    status = draw(st.sampled_from([200, 200, 200, 400, 401, 429, 500, 204, 302]))
    chunks = draw(st.lists(st.sampled_from(BODIES).flatmap(strategies.file_of), max_size=3))
    if draw(st.booleans()):
        events = b"".join(b"data: " + chunk + b"\n\n" for chunk in chunks) + b"data: [DONE]\n\n"
        return status, "text/event-stream", draw(st.just(events) | strategies.damaged_bytes(events))
    return status, draw(st.sampled_from(["application/json", "text/html", "x"])), b"".join(chunks)


def check_endpoint(body: tuple[int, str, bytes]) -> None:
    """An endpoint's reply → a completion or a failure, which is data."""
    status, kind, data = body
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n"
    with Loopback(raw(head.encode() + data)) as server:
        spec = ModelSpec("m", "openai", provider="mine", base_url=server.url, model="x")

        async def ask() -> Completion:
            engine = OpenAIEndpoint(spec)
            await engine.open()
            try:
                return await engine.complete(
                    Request("1", "s", "t", messages=(Message("user", "?"),), timeout_s=2.0)
                )
            finally:
                await engine.close()

        with one_line_at_most():
            done = asyncio.run(ask())
            assert done.failure is None or "\n" not in done.failure.message


GRADED: dict[str, tuple[dict[str, Any], str]] = {
    "numeric": ({}, "4"),
    "exact": ({}, "a"),
    "label": ({"labels": ["a", "b"]}, "a"),
    "python": (
        {"signature": "def f(x: int) -> int", "cases": [{"args": [1], "returns": 1}]},
        "def f(x):\n    return x",
    ),
}
WRITTEN = st.sampled_from(
    [
        *(
            "```",
            "```python\n",
            "~~~",
            "<think>",
            "</think>",
            "def f(x):\n    return x\n",
            "fn f(x: i64) -> i64 { x }\n",
            "func f(x int) int { return x }\n",
            "    ",
            "\n",
            "\\boxed{",
            "}",
        ),
        *(
            "\\frac{",
            "The answer is ",
            "4",
            "a",
            "**",
            '{"label": "a"}',
            "[1]",
            "{",
            "1,000",
            "1e400",
            "9" * 300,
            "#### ",
        ),
        *(
            "\0",
            "\x1b[31m",
            "\ud800",
            "\u202e",
            "> ",
            "/*",
            '"""',
            "(" * 300,
            "[" * 300,
            "-" * 300,
            "raise SystemExit\n",
        ),
    ]
)


def check_answer(answer: tuple[str, list[str], int]) -> None:
    """An answer → a verdict, in a time that grows with its length and no faster."""
    name, pieces, times = answer
    options, reference = GRADED[name]
    graded = replace(task(reference, "w"), grader=GraderSpec(name, options))
    text = "".join(pieces) * times
    sandbox = open_sandbox("auto") if name == "python" else None
    with soon():
        verdict = build_grader(graded).grade(graded, Completion(output=text), sandbox)
    assert 0 <= verdict.score <= 1


def check_extraction(answer: tuple[str, list[str], int]) -> None:
    """An answer → the program in it, of any language; none is compiled."""
    language, pieces, times = answer
    with soon(), suppress(Malformed, Refused):
        extract("".join(pieces) * times, language, ("f",), None).encode("utf-8", "replace")


CHANNEL = st.lists(
    st.binary(max_size=12)
    | st.builds(
        lambda number, value: f"{number} {json.dumps(value)}".encode(), st.integers(-1, 3), strategies.JSON
    )
    | st.sampled_from(
        [b"0 " + b"[" * 985, b"0 " + b"9" * 5000, b'0 {"s": [1]}', b'0 {"f": "nan"}', b"0 1", b"1 2"]
    ),
    max_size=4,
).map(b"\n".join)


def check_channel(data: bytes) -> None:
    """Bytes that an answer wrote to its judge → values, compared and shown."""
    values, _ = wire.read(data + b"\n", 2)
    for value in values:
        wire.matches([1, {"ok": 2}], value, 1e-9)
        wire.matches(1.5, value, 1e-9)
        wire.show(value).encode()


def check_expression(text: str) -> None:
    """An expression of a generator."""
    try:
        Expression(text).value({"a": 3, "t": "x", "b": 10**300})
    except ValueError:
        return


EXPRESSIONS = st.lists(
    st.sampled_from(
        [*"abt()+-*/%,<>=~ 019.'[]", "**", "//", " if ", " else ", " in ", "10**9", "comb(", "round(", "lcm("]
    ),
    max_size=12,
).map("".join)
EXTRACTED = st.tuples(
    st.sampled_from(["python", "rust", "go"]),
    st.lists(WRITTEN, max_size=8),
    st.sampled_from([1, 1, 20, 1000]),
)
ANSWERS = st.tuples(
    st.sampled_from([*GRADED]), st.lists(WRITTEN, max_size=8), st.sampled_from([1, 1, 1, 20, 2000])
)
