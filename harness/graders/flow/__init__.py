"""Workflows: a small dialect of nodes that a model writes as JSON, and the interpreter that executes it.

A flow works on one object, its data, and sends messages and calls addresses: these are its effects, and
nothing leaves this package. Everything is bounded: steps, effects, the size of the data, the numbers.
``suites/structured/dialect.md`` describes the nodes to models.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ConfigError
from harness.filesections import read_record, section_of
from harness.graders.flow.execution import Execution
from harness.graders.flow.nodes import NODES, Node
from harness.graders.flow.values import FlowError

_WHERE = Path("the workflow")


@dataclass(frozen=True, slots=True)
class Flow:
    """Nodes by name, and the one to begin with."""

    start: str
    nodes: Mapping[str, Node]


def read_flow(value: Any) -> Flow:
    """A flow as JSON has it. Raises ``FlowError`` saying which node is none, and why."""
    if (
        not isinstance(value, dict)
        or value.keys() != {"start", "nodes"}
        or not isinstance(value["nodes"], dict)
    ):
        raise FlowError("a workflow is an object with `start` and `nodes`")
    nodes = {name: _node(name, node) for name, node in value["nodes"].items()}
    flow = Flow(value["start"], nodes)
    named = [("start", flow.start)] + [(name, at) for name, node in nodes.items() for at in node.targets()]
    for name, at in named:
        if at is not None and (not isinstance(at, str) or at not in nodes):
            raise FlowError(f"{name}: there is no node {at!r:.40}")
    if flow.start is None:
        raise FlowError("start: names no node")
    return flow


def run_flow(flow: Flow, payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The effects of a flow on a payload. Raises ``FlowError`` where it cannot go on."""
    at_work = Execution(flow.nodes, json.loads(json.dumps(payload)))
    try:
        at_work.run(flow.start)
    except RecursionError:
        raise FlowError("the flow is nested too deep") from None
    return at_work.effects


def _node(name: str, value: Any) -> Node:
    if not isinstance(value, dict) or not isinstance(value.get("type"), str) or value["type"] not in NODES:
        raise FlowError(f"{name}: its type must be one of {', '.join(NODES)}")
    body = section_of({key: each for key, each in value.items() if key != "type"}, _WHERE, 0)
    try:
        return read_record(NODES[value["type"]], body, f"the node {name!r:.40}")
    except ConfigError as error:
        raise FlowError(f"{name}: {error}") from None
