"""Workflows are executed: every node does what the dialect says, within bounds, and effects decide."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from harness.graders import workflow
from harness.graders.flow import read_flow, run_flow
from harness.graders.flow.nodes import NODES
from harness.graders.flow.values import FlowError
from harness.graders.workflow import Case, Workflow
from harness.records import Completion
from tests.graders.tasks import task

DIALECT = Path(__file__).parents[2] / "suites" / "structured" / "dialect.md"
SAY = {"type": "send", "channel": "chat", "to": "#a"}


def flow(**nodes: Any) -> dict[str, Any]:
    """A flow that begins with its first node."""
    return {"start": next(iter(nodes)), "nodes": nodes}


def effects(value: Any, payload: dict[str, Any]) -> list[Any]:
    return run_flow(read_flow(value), payload)


def said(value: Any, payload: dict[str, Any]) -> list[str]:
    return [effect["text"] for effect in effects(value, payload)]


def shown(path: str, **nodes: Any) -> dict[str, Any]:
    """A flow of one node that writes to ``path``, which is then told."""
    ((name, node),) = nodes.items()
    return flow(**{name: {**node, "next": "say"}}, say={**SAY, "text": "{{" + path + "}}"})


ITEMS = [{"k": "b", "n": 2}, {"k": "a", "n": 1}, {"k": "b", "n": 2.5}]


@pytest.mark.parametrize(
    ("node", "result"),
    [
        ({"type": "set", "values": {"x": "{{n}} of {{list.0.k}}, {{none}}."}}, "3 of b, ."),
        ({"type": "set", "values": {"x": "{{list.1}}"}}, '{"k": "a", "n": 1}'),
        ({"type": "set", "values": {"x.y": True}}, '{"y": true}'),
        ({"type": "compute", "op": "add", "args": [0.1, 0.2], "into": "x"}, "0.3"),
        ({"type": "compute", "op": "subtract", "args": ["{{n}}", 5], "into": "x"}, "-2"),
        ({"type": "compute", "op": "multiply", "args": [2.5, 2], "into": "x"}, "5"),
        ({"type": "compute", "op": "divide", "args": [1, 4], "into": "x"}, "0.25"),
        ({"type": "compute", "op": "round", "args": [2.345, 2], "into": "x"}, "2.35"),
        ({"type": "compute", "op": "round", "args": [-0.5, 0], "into": "x"}, "-1"),
        ({"type": "compute", "op": "max", "args": [1, "{{n}}", 2], "into": "x"}, "3"),
        ({"type": "limit", "list": "list", "count": 1, "into": "x"}, '[{"k": "b", "n": 2}]'),
        ({"type": "total", "list": "list", "op": "count", "into": "x"}, "3"),
        ({"type": "total", "list": "list", "op": "sum", "of": "n", "into": "x"}, "5.5"),
        ({"type": "total", "list": "list", "op": "min", "of": "n", "into": "x"}, "1"),
        ({"type": "total", "list": "empty", "op": "max", "into": "x"}, "0"),
        (
            {"type": "sort", "list": "list", "by": "n", "order": "descending", "into": "x"},
            json.dumps([ITEMS[2], ITEMS[0], ITEMS[1]]),
        ),
        (
            {"type": "sort", "list": "list", "by": "k", "into": "x"},
            json.dumps([ITEMS[1], ITEMS[0], ITEMS[2]]),
        ),
        (
            {"type": "group", "list": "list", "by": "k", "into": "x"},
            json.dumps([{"key": "b", "items": [ITEMS[0], ITEMS[2]]}, {"key": "a", "items": [ITEMS[1]]}]),
        ),
        (
            {
                "type": "filter",
                "list": "list",
                "item": "i",
                "when": {
                    "any": [
                        {"left": "{{i.n}}", "op": ">", "right": 2},
                        {"left": "{{i.k}}", "op": "=", "right": "a"},
                    ]
                },
                "into": "x",
            },
            json.dumps(ITEMS[1:]),
        ),
    ],
)
def test_nodes_write_what_the_dialect_says(node: dict[str, Any], result: str) -> None:
    assert said(shown("x", node=node), {"n": 3, "list": ITEMS, "empty": []}) == [result]


def test_branches_and_loops() -> None:
    inside = flow(
        each={"type": "each", "list": "list", "item": "i", "do": "odd", "next": "end"},
        odd={
            "type": "if",
            "when": {"left": "{{i.n}}", "op": "=", "right": 2},
            "then": "two",
            "next": "other",
        },
        two={**SAY, "text": "two"},
        other={"type": "switch", "on": "{{i.n}}", "cases": {"1": "one"}, "default": "rest"},
        one={**SAY, "text": "one"},
        rest={**SAY, "text": "rest {{i.n}}"},
        end={
            "type": "call",
            "method": "PUT",
            "url": "x://{{n}}",
            "body": {"n": "{{n}}", "list": ["{{none}}"]},
        },
    )
    *messages, call = effects(inside, {"n": 3, "list": ITEMS})
    assert [message["text"] for message in messages] == ["two", "one", "rest 2.5"]
    assert call == {"call": "PUT", "url": "x://3", "body": {"n": 3, "list": [None]}}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"left": 1, "op": "=", "right": 1.0}, True),
        ({"left": 1, "op": "=", "right": True}, False),
        ({"left": "1", "op": "!=", "right": 1}, True),
        ({"left": "a", "op": "in", "right": ["b", "a"]}, True),
        ({"left": "abc", "op": "contains", "right": "bc"}, True),
        ({"left": None, "op": "contains", "right": "bc"}, False),
        ({"left": "{{none}}", "op": "empty"}, True),
        ({"left": 0, "op": "empty"}, False),
        (
            {"not": {"all": [{"left": 1, "op": "<", "right": 2}, {"left": "a", "op": ">=", "right": "b"}]}},
            True,
        ),
        ({"all": []}, True),
    ],
)
def test_conditions(condition: dict[str, Any], holds: bool) -> None:
    branch = flow(a={"type": "if", "when": condition, "then": "b"}, b={**SAY, "text": "yes"})
    assert bool(said(branch, {})) is holds


@pytest.mark.parametrize(
    "nodes",
    [
        {"a": {"type": "set", "values": {"x": "{{x}}{{x}}", "y": "{{y}}"}, "next": "a"}},
        {"a": {"type": "set", "values": {"x": {"x": "{{x}}"}}, "next": "a"}},
        {"a": {"type": "set", "values": {"b.b.b.b.b": "{{b}}"}, "next": "a"}},
        {"a": {"type": "compute", "op": "multiply", "args": ["{{n}}", "{{n}}"], "into": "n", "next": "a"}},
        {"a": {"type": "compute", "op": "divide", "args": [1, 0], "into": "n"}},
        {"a": {"type": "compute", "op": "add", "args": [], "into": "n"}},
        {"a": {"type": "compute", "op": "round", "args": [1, 0.5], "into": "n"}},
        {"a": {"type": "each", "list": "list", "item": "list", "do": "a"}},
        {"a": {"type": "each", "list": "none", "item": "i", "do": "a"}},
        {"a": {"type": "if", "when": {"left": 1, "op": "<", "right": "2"}}},
        {"a": {"type": "if", "when": {"left": 1, "op": "~", "right": 2}}},
        {"a": {"type": "filter", "list": "list", "item": "i", "when": {"all": [1]}, "into": "x"}},
        {"a": {"type": "sort", "list": "list", "by": "none", "into": "x"}},
        {"a": {**SAY, "text": "{{" * 4_000}},
        {"a": {**SAY, "text": "{{x}}" * 6_000}},
        {"a": {**SAY, "text": "again", "next": "a"}},
        {"a": {"type": "set", "values": {"n.x": 1}}},
    ],
)
def test_what_cannot_go_on_or_never_ends_is_stopped(nodes: dict[str, Any]) -> None:
    with pytest.raises(FlowError):
        effects(flow(**nodes), {"n": 7, "x": "text", "list": ITEMS})


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"nodes": {}},
        {"start": "a", "nodes": {}},
        {"start": None, "nodes": {}},
        {"start": "a", "nodes": {"a": {"type": "wait"}}},
        {"start": "a", "nodes": {"a": {"type": ["if"]}}},
        {"start": "a", "nodes": {"a": {**SAY, "text": "x", "next": "b"}}},
        {"start": "a", "nodes": {"a": {**SAY, "text": "x", "colour": "red"}}},
        {"start": "a", "nodes": {"a": {**SAY, "text": 1}}},
        {"start": "a", "nodes": {"a": {"type": "switch", "on": "x", "cases": {"1": 2}}}},
        {"start": "a", "nodes": {"a": {"type": "call", "method": "FETCH", "url": "x"}}},
    ],
)
def test_what_is_no_flow_is_refused(value: Any) -> None:
    with pytest.raises(FlowError):
        read_flow(value)


def test_the_dialect_s_page_has_every_node_and_key() -> None:
    text = DIALECT.read_text("utf-8")
    for name, node in NODES.items():
        paragraph = re.search(rf"^- {name}: (.*?)(?=^- |^$)", text, re.MULTILINE | re.DOTALL)
        assert paragraph, name
        fields, keys = (
            set(node.__dataclass_fields__) - {"next"},
            set(re.findall(r'"(\w+)"[:,]', paragraph[1])),
        )
        assert fields <= keys, name
        assert keys - fields <= {"key", "items"}, name  # of the groups that `group` makes


CASES = (
    Case({"n": 1}, ({"send": "chat", "to": "#a", "text": "1"},)),
    Case({"n": 2}, ({"send": "chat", "to": "#a", "text": "2"}, {"call": "GET", "url": "x", "body": 0.3})),
)
RIGHT = flow(
    say={**SAY, "text": "{{n}}", "next": "two"},
    two={"type": "if", "when": {"left": "{{n}}", "op": "=", "right": 2}, "then": "sum"},
    sum={"type": "set", "values": {"s": 0.1 + 0.2}, "next": "call"},
    call={"type": "call", "method": "GET", "url": "x", "body": "{{s}}"},
)
SWAPPED = flow(
    two={"type": "if", "when": {"left": "{{n}}", "op": "=", "right": 2}, "then": "call", "otherwise": "say"},
    call={"type": "call", "method": "GET", "url": "x", "body": 0.3, "next": "say"},
    say={**SAY, "text": "{{n}}"},
)
STUCK = flow(
    a={**SAY, "text": "{{n}}", "next": "b"},
    b={"type": "switch", "on": "{{n}}", "cases": {"2": "c"}},
    c={"type": "limit", "list": "n", "count": 1, "into": "x"},
)
ANSWERS = {
    "right, but for the noise of a float": (json.dumps(RIGHT), 1.0, None),
    "fenced": (f"```json\n{json.dumps(RIGHT)}\n```", 1.0, None),
    "another order of effects": (json.dumps(SWAPPED), 0.5, "wrong_answer"),
    "an effect is missing": (json.dumps(flow(say={**SAY, "text": "{{n}}"})), 0.5, "wrong_answer"),
    "an effect too many": (
        json.dumps(flow(a={**SAY, "text": "{{n}}", "next": "b"}, b={**SAY, "text": "x"})),
        0.0,
        "wrong_answer",
    ),
    "right for one, stuck for the other": (json.dumps(STUCK), 0.5, "wrong_answer"),
    "no node": ('{"start": "a", "nodes": {}}', 0.0, "invalid_schema"),
    "no JSON": ("first say, then call", 0.0, "malformed_answer"),
}


def misjudged() -> list[str]:
    wrong = []
    for name, (answer, score, error) in ANSWERS.items():
        verdict = Workflow(CASES).grade(task("{}"), Completion(output=answer))
        if (verdict.score, verdict.passed, verdict.error_type) != (score, score == 1.0, error):
            wrong.append(name)
    return wrong


def test_effects_decide() -> None:
    assert misjudged() == []


@pytest.mark.parametrize(
    ("name", "mutation"),
    [
        ("_difference", lambda expected, given: None),  # too lenient: whatever it does
        ("_difference", lambda expected, given: None if given[: len(expected)] == [*expected] else "no"),
        ("_same", lambda one, other: one == other),  # too strict: floats to the last digit
    ],
)
def test_a_mutated_grader_is_caught(monkeypatch: pytest.MonkeyPatch, name: str, mutation: Any) -> None:
    monkeypatch.setattr(workflow, name, mutation)
    assert misjudged()


def test_cases_must_tell_flows_apart() -> None:
    with pytest.raises(ValueError, match="cases"):
        Workflow([Case({"n": n}, ()) for n in range(3)])
