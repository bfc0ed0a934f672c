"""Rules over servers on the loopback interface."""

from __future__ import annotations

from dataclasses import replace

from harness.rules.ruleset import CallPolicy, Provider, RuleSet
from tests.exporters.sample import model, rule, rule_set
from tests.loopback import USAGE, Loopback, Play, answer


def chat(text: str) -> Play:
    """A whole chat completion."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return answer(
        200,
        {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [choice],
            "usage": USAGE,
        },
    )


DOWN = answer(503, {"error": {"message": "overloaded", "type": "server_error"}})


def two_servers(first: Loopback, second: Loopback) -> RuleSet:
    """``code``: the first, then the second. ``classification`` (background) and the default: the second."""
    return replace(
        rule_set(),
        providers=(
            Provider("one", "openai", first.url, "OUR_API_KEY"),
            Provider("two", "openai", second.url, None),
        ),
        models=(model("big", "one", "big-model", 16384), model("small", "two", "small-model", 32768)),
        rules=(
            rule("code", "big", "small"),
            rule("classification", "small"),
            rule("*", "small", "big", priority=0),
        ),
        policy=CallPolicy(retries=1, timeout_s=20),
    )
