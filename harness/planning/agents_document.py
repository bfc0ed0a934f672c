"""``AGENT_ALLOCATION.md`` and ``agent_allocation.yaml``: who holds which role, why, and in what memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isinf
from typing import Any

from harness.planning.agents import AgentPlan, RolePlan, shortfall
from harness.planning.agents_file import Role
from harness.planning.agents_words import (
    alternatives,
    as_written_verdict,
    justification,
    verdict,
)
from harness.planning.memory import size
from harness.reporting.numbers import percent
from harness.reporting.text import markdown, markdown_table
from harness.words import listed
from harness.yamltext import yaml_text

Suites = Mapping[str, Sequence[str]]
"""The suites of each task type."""

CHART = "agent_memory.svg"
_METHOD = (
    "Memory is reckoned as llama.cpp lays it out: weights, keys and values of every slot, work space, and "
    "what a server takes for itself on the device (0.6 GB on a GPU). What a file took when it was loaded "
    "counts instead where it was measured. Quality counts with the lower end of its 95 % interval, times "
    "the weight of the role. First every role that can be served gets a place, then the sum of these is the "
    "highest that there is: an integer programme, {solved}. What nobody measured is never judged: such a "
    "role keeps the model that it was given by hand."
)


def document(
    plan: AgentPlan, larger: AgentPlan, suites: Suites, source: str, left_out: Mapping[str, str]
) -> str:
    """The page for people. ``larger`` is the same plan with more memory."""
    parts = (
        _head(plan, source),
        _table(plan, left_out),
        _memory(plan),
        _written(plan),
        _ladder(plan),
        _else(plan, larger),
        _unmeasured(plan, suites, source),
        _method(plan, left_out),
    )
    return "\n".join(line for part in parts for line in part)


def _head(plan: AgentPlan, source: str) -> Iterator[str]:
    yield "# Which model holds which role"
    yield ""
    yield f"{_line(verdict(plan))}"
    if written := as_written_verdict(plan):
        yield ""
        works = " The table below works." if plan.served == len(plan.roles) else ""
        yield f"**{_line(written)}**{works}"
    yield ""
    yield f"From {_line(source)}, by `harness plan agents`."
    yield ""


def _table(plan: AgentPlan, left_out: Mapping[str, str]) -> Iterator[str]:
    yield "## Allocation"
    yield ""
    rows = []
    for role in plan.roles:
        seat, cloud = role.seat, role.role.cloud or "–"
        if seat is None:
            what = "*not measured*" if role.status == "not measured" else "*none*"
            model, place = what, "–"
        elif seat.server is None:
            model, place = f"**{_line(str(seat.hosted))}** (hosted)", "–"
        else:
            model = f"**{_line(seat.server.candidate.title)}**"
            place = f"{seat.slots} × {seat.context:,} tokens, {size(seat.bytes)}"
        why = _line(justification(plan, role))
        if seat is None and (reason := left_out.get(role.role.model or "")):
            why += f" {_line(f'{role.role.model} is left out: {reason}')}."
        rows.append([f"**{_line(role.role.name)}**", model, why, place, _line(cloud)])
    head = ("Agent role", "Model", "Why", "Slots × context", "Hosted fall-back")
    yield markdown_table(head, rows, (False, False, False, False, False))
    yield ""


def _memory(plan: AgentPlan) -> Iterator[str]:
    yield "## Memory"
    yield ""
    yield f"![What each server takes of the device]({CHART})"
    yield ""
    rows = []
    for running in plan.servers:
        taken = running.footprint
        count = f"{running.instances} × " if running.instances > 1 else ""
        rows.append([
            count + _line(running.server.name), _line(", ".join(running.roles)), size(taken.weights),
            size(taken.kv), size(taken.compute + taken.other), size(taken.total),
            "–" if running.measured is None else size(running.measured),
            "in turns" if running.in_turns else "stays",
        ])  # fmt: skip
    head = ("Server", "Roles", "Weights", "Keys and values", "Work space", "Total", "Measured", "In memory")
    yield markdown_table(head, rows, (False, False, True, True, True, True, True, False))
    yield ""
    if any(running.in_turns for running in plan.servers):
        yield "Models in turns share the room of the largest: who is called is loaded, another is unloaded."
        yield ""


def _written(plan: AgentPlan) -> Iterator[str]:
    if plan.as_written is None:
        return
    yield "## The plan made by hand"
    yield ""
    rows = []
    for role, candidate, taken in plan.as_written.needs:
        much = max(0.0, taken.total - plan.usable)
        short = candidate.context is not None and candidate.context < role.context
        rows.append([
            _line(role.name), _line(candidate.title), size(taken.weights), size(taken.total),
            "–" if role.claimed_gb is None else f"{role.claimed_gb:g} GB",
            f"no: {size(much)} too much" if much else "no: trained for less" if short else "yes",
        ])  # fmt: skip
    head = ("Agent role", "Model", "Weights", "With contexts", "Claimed", "Fits alone")
    yield markdown_table(head, rows, (False, False, True, True, True, False))
    yield ""
    yield f"Side by side all of them need {shortfall(plan.as_written.together, plan.usable)}."
    yield ""


def _ladder(plan: AgentPlan) -> Iterator[str]:
    if len(plan.tried) < 2:
        return
    yield "## What had to be conceded"
    yield ""
    turns = any(tried.rung.turns for tried in plan.tried)
    anew = " Models in turns begin anew, with what is asked for." if turns else ""
    yield f"Each line adds to those before it; the first that fits is what is planned.{anew}"
    yield ""
    rows = [[tried.rung.words, shortfall(tried.least, plan.usable)] for tried in plan.tried]
    rows[-1][0] = f"**{rows[-1][0]}**"
    yield markdown_table(("Conceded", "Least memory for all roles"), rows, (False, False))
    yield ""


def _else(plan: AgentPlan, larger: AgentPlan) -> Iterator[str]:
    yield "## What else is possible"
    yield ""
    for line in alternatives(plan, larger):
        yield f"- {_line(line)}"
    yield ""


def _unmeasured(plan: AgentPlan, suites: Suites, source: str) -> Iterator[str]:
    """The commands that would measure what was not."""
    lacking = [role.role for role in plan.roles if role.evidence is None and role.best is None]
    needed = [name for role in lacking for name in _suites_of(role, suites)]
    if not needed:
        return
    yield "## What nobody measured"
    yield ""
    names = _line(listed([role.name for role in lacking]))
    yield f"{names}. This measures models that are in `models.yaml`:"
    yield ""
    yield "```bash"
    yield f"harness run --suite {','.join(dict.fromkeys(needed))}"
    yield f"harness plan agents {source}"
    yield "```"
    yield ""


def _suites_of(role: Role, suites: Suites) -> Sequence[str]:
    return [role.suite] if role.suite else suites.get(role.task_type or "", ())


def _method(plan: AgentPlan, left_out: Mapping[str, str]) -> Iterator[str]:
    yield "## How this was reckoned"
    yield ""
    yield _METHOD.format(solved="solved exactly" if plan.settled else _ended(plan))
    if left_out:
        yield ""
        yield f"Left out: {_line(listed([f'{name} ({why})' for name, why in left_out.items()], 8))}."
    yield ""


def _ended(plan: AgentPlan) -> str:
    """That the search was ended, and how much better a plan could be."""
    if isinf(plan.most):
        return "whose search was ended: **this plan is the best that was met, and there may be a better one**"
    better = f", at most {percent((plan.most - plan.value) / plan.value)} better" if plan.value > 0 else ""
    return (
        f"whose search was ended: **this plan is the best that was met, with a sum of {plan.value:.2f}; that "
        f"of no other is above {plan.most:.2f}{better}**"
    )


def _line(text: str) -> str:
    return markdown(text)


def as_yaml(plan: AgentPlan) -> str:
    """The same for programs. Sizes are GB; what nobody measured is null."""
    return yaml_text(as_data(plan))


def as_data(plan: AgentPlan) -> dict[str, Any]:
    """What the YAML says, as values."""
    return {
        "device_gb": _gb(plan.device),
        "usable_gb": _gb(plan.usable),
        "taken_gb": _gb(plan.taken),
        "solved_exactly": plan.settled,
        "value": round(plan.value, 6),
        "value_at_most": None if isinf(plan.most) else round(plan.most, 6),
        "conceded": plan.tried[-1].rung.words if len(plan.tried) > 1 else None,
        "roles": [_role(role) for role in plan.roles],
        "servers": [
            {
                "name": running.server.name,
                "model": running.server.candidate.id,
                "roles": list(running.roles),
                "instances": running.instances,
                "in_turns": running.in_turns,
                "weights_gb": _gb(running.footprint.weights),
                "kv_gb": _gb(running.footprint.kv),
                "total_gb": _gb(running.footprint.total),
            }
            for running in plan.servers
        ],
    }


def _role(role: RolePlan) -> dict[str, Any]:
    seat, standing = role.seat, role.evidence.standing if role.evidence else None
    server = seat.server if seat else None
    return {
        "name": role.role.name,
        "status": role.status,
        "model": role.model,
        "quantization": server.candidate.quantization if server else None,
        "kv": server.kv if server else None,
        "context": seat.context if seat and server else None,
        "slots": seat.slots if seat and server else None,
        "quality": standing.quality if standing else None,
        "quality_low": standing.low if standing else None,
        "tasks": standing.n if standing else None,
        "hosted_fallback": role.role.cloud,
    }


def _gb(bytes_: float) -> float:
    return round(bytes_ / 1e9, 3)
