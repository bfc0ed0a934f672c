"""Why a role gets what it gets, in sentences: each rests on a measurement, or says that there is none."""

from __future__ import annotations

import math
from collections.abc import Iterator

from harness.analysis.decisions import GOOD_ENOUGH
from harness.planning.agents import AgentPlan, RolePlan, differences
from harness.planning.candidates import Evidence
from harness.planning.memory import both_sizes, size
from harness.reporting.numbers import dollars, percent, percent_range, points, rate, seconds
from harness.words import counted, listed


def justification(plan: AgentPlan, role: RolePlan) -> str:
    """The sentences of one role."""
    return " ".join(_sentences(plan, role))


def _sentences(plan: AgentPlan, role: RolePlan) -> Iterator[str]:
    if role.status == "measured":
        assert role.evidence is not None
        yield f"{did(role.evidence)}."
        yield from _loss(role)
    elif role.status == "by hand":
        yield from _unmeasured(role)
    elif role.status == "hosted":
        yield from _no_room(plan, role)
        hosted = role.seat.hosted if role.seat else None
        yield f"{hosted}: {did(role.evidence)}." if role.evidence else f"{hosted} was not measured either."
    elif role.status == "refused":
        yield from _no_room(plan, role)
        yield "It has no hosted model to fall back on."
    else:
        yield "Not measured, and never guessed."
    yield from _memory(plan, role)
    yield from _conceded(role)


def _memory(plan: AgentPlan, role: RolePlan) -> Iterator[str]:
    """What its server takes of the device, with whom it shares that."""
    for running in plan.servers:
        if role.role.name in running.roles:
            others = len(running.roles) - 1
            shared = f", shared with {counted(others, 'other role')}" if others else ""
            turns = ", in turns with other models" if running.in_turns else ""
            yield f"Takes {size(running.footprint.total)}{shared}{turns}."


def did(evidence: Evidence) -> str:
    """What a model did: ``Passes 78 % of 60 code tasks (66–87 %), 41 tokens/s, …``."""
    s, board = evidence.standing, evidence.board
    verb = "passes" if board.measure == "pass" else "scores"
    of = "of" if board.measure == "pass" else "on average over"
    kind = "tasks" if board.by == "suite" else f"{board.name} tasks"
    parts = [f"{verb} {percent(s.quality)} {of} {s.n:,} {kind} ({percent_range(s.low or 0, s.high or 0)})"]
    if s.decode_tps:
        parts.append(f"{rate(s.decode_tps)} tokens/s")
    if s.latency_p50_s is not None:
        parts.append(f"half of its answers within {seconds(s.latency_p50_s)}")
    if s.cost_per_task:
        parts.append(f"{dollars(s.cost_per_task)} a task")
    text = ", ".join(parts)
    return text[0].upper() + text[1:]


def _loss(role: RolePlan) -> Iterator[str]:
    """How far it is behind whoever would serve the role better, here and hosted."""
    better = behind(role)
    yield f"{better}." if better else "No other measured model that runs here does better."
    mine, other = role.evidence, role.fallback
    if mine and other and other.bound > mine.bound:
        yield f"{other.standing.model}, which is hosted, does {_points(other, mine)} better."


def behind(role: RolePlan) -> str | None:
    """Who that runs here would serve a role better, and by how much; ``None`` where nobody would."""
    best, mine = role.best, role.evidence
    if best is None or (best.standing.quality or 0) < GOOD_ENOUGH:
        return None
    if mine is None or (role.seat and role.seat.hosted):
        return f"{best.standing.model} would serve it: {did(best)}"
    if best.bound <= mine.bound + 1e-9:
        return None
    return f"{best.standing.model} does {_points(best, mine)} better"


def _points(better: Evidence, than: Evidence) -> str:
    """Of quality, or of its lower bound where only that is better."""
    difference = (better.standing.quality or 0) - (than.standing.quality or 0)
    return points(difference if difference > 0 else better.bound - than.bound)


def _unmeasured(role: RolePlan) -> Iterator[str]:
    assert role.seat is not None and role.seat.server is not None
    candidate = role.seat.server.candidate
    wanted = role.wanted
    if role.evidence is not None:
        yield f"{did(role.evidence)}, as {candidate.measured_as}."
        yield f"As {candidate.quantization} nobody measured it."
        return
    changed = wanted is not None and wanted.quantization != candidate.quantization
    instead = f", as {candidate.quantization} instead of {wanted.quantization}" if wanted and changed else ""
    yield f"Not measured: kept from the plan made by hand{instead}."


def _no_room(plan: AgentPlan, role: RolePlan) -> Iterator[str]:
    """Why nothing serves the role here."""
    if role.best is not None and (role.best.standing.quality or 0) < GOOD_ENOUGH and role.least == math.inf:
        yield f"No model passes a tenth of it. The best is {role.best.standing.model}: {did(role.best)}."
        return
    if role.least == math.inf:
        context = role.wanted.context if role.wanted else None
        if role.wanted is not None and context and context < role.role.min_context:
            yield f"{role.wanted.id} was trained for {context:,} tokens only."
        else:
            yield "No model that was measured for it can be loaded here."
        return
    what = f"{role.wanted.title} weighs {both_sizes(role.wanted.shape.weights)}; " if role.wanted else ""
    yield (
        f"{what}the smallest that could be taken, with {role.role.min_context:,} tokens, needs "
        f"{size(role.least)}, and {size(plan.usable)} may be used."
    )


def _conceded(role: RolePlan) -> Iterator[str]:
    """Where it gets less than it asked for."""
    seat = role.seat
    if seat is None or seat.server is None:
        return
    less = []
    if seat.context < role.role.context:
        less.append(f"contexts of {seat.context:,} instead of {role.role.context:,} tokens")
    if seat.slots < role.role.slots:
        less.append(f"{counted(seat.slots, 'slot')} instead of {role.role.slots}")
    if less:
        yield f"Conceded: {listed(less)}."


def verdict(plan: AgentPlan) -> str:
    """The whole plan in one sentence."""
    here = sum(1 for role in plan.roles if role.seat and role.seat.server)
    hosted = [role for role in plan.roles if role.status == "hosted"]
    turns = [server for server in plan.servers if server.in_turns]
    text = (
        f"{here} of {counted(len(plan.roles), 'role')} {'finds' if len(plan.roles) == 1 else 'find'} room on "
        f"the device: {size(plan.taken)} of "
        f"{size(plan.usable)} that may be used ({size(plan.device)}, of which a tenth is left to others)"
    )
    if turns:
        text += (
            f"; {len(turns)} models take turns in {size(max(each.footprint.total for each in turns))} of it"
        )
    if hosted:
        names = listed([role.role.name for role in hosted])
        text += f"; a hosted model answers for {names}"
    unserved = [role.role.name for role in plan.roles if role.seat is None]
    if unserved:
        text += f"; without a model: {listed(unserved)}"
    return f"{text}."


def as_written_verdict(plan: AgentPlan) -> str | None:
    """Whether the plan made by hand works."""
    written = plan.as_written
    if written is None:
        return None
    untrained = [
        f"{candidate.title} was trained for {candidate.context:,} tokens, and {role.name} asks for "
        f"{role.context:,}"
        for role, candidate, _ in written.needs
        if candidate.context and candidate.context < role.context
    ]
    if written.together <= plan.usable and not untrained:
        unread = [str(role.role.model) for role in plan.roles if role.role.model and role.wanted is None]
        but = f"; what {listed(unread)} would take is not known" if unread else ""
        return (
            f"As written, the plan made by hand fits: {size(written.together)} of {size(plan.usable)}{but}."
        )
    alone = [
        f"{candidate.title} weighs {both_sizes(candidate.shape.weights)}"
        + (
            f", not {role.claimed_gb:g} GB"
            if role.claimed_gb and taken.weights > 1.1e9 * role.claimed_gb
            else ""
        )
        for role, candidate, taken in written.needs
        if taken.total > plan.usable
    ]
    reasons = [*untrained, *alone]
    if written.together > plan.usable:
        many = len(written.needs) > 1
        together = (
            f"side by side its {len(written.needs)} models take" if many else "with its contexts it takes"
        )
        reasons.append(f"{together} {size(written.together)}, and {size(plan.usable)} may be used")
    return f"As written, the plan made by hand cannot work: {'; '.join(reasons)}."


def alternatives(plan: AgentPlan, larger: AgentPlan) -> list[str]:
    """What more memory would buy, and what each role loses here, a sentence each."""
    more = size(larger.device - plan.device)
    changes = list(differences(plan, larger))
    lines = [
        f"{more} more would change: {'; '.join(changes)}."
        if changes
        else f"{more} more would change nothing."
    ]
    losing = [f"{role.role.name}: {better}" for role in plan.roles if (better := behind(role))]
    if losing:
        lines.append(f"What roles lose in this memory: {'; '.join(losing)}.")
    elif any(role.status == "measured" for role in plan.roles):
        lines.append("Each role that goes by measurements has the best model that was measured for it.")
    return lines
