"""``WORKFLOW_PLAN.md``: what an orchestration costs, takes and yields, by each way to do it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Any

from harness.planning.workflow import Arm, Call, Figure, WorkflowPlan
from harness.reporting.numbers import UNKNOWN, percent, percent_range, seconds, signed
from harness.reporting.text import markdown, markdown_table
from harness.words import counted, listed

_SOURCES = {"file": "given", "prices": "by its prices", "measured": "measured", "unknown": ""}
_METHOD = """\
The cost of a call is what the file gives; else its tokens (all of `max_tokens`) times the model's prices;
else what a task of that type cost when it was measured. Its time is that of an answer of `max_tokens` at
the measured rate, else of the median answer. All calls of a role run side by side, or `at_once` of them; a
role begins when all that it needs have ended, and the critical path is the chain that takes longest. A call
succeeds as often as such tasks passed; the bounds are reached if all qualities lie at one end of their 95 %
intervals. What nobody measured is unknown, and a sum with something unknown in it says so."""


def document(plan: WorkflowPlan, source: str) -> str:
    """The page for people."""
    parts = (
        _head(plan, source), _arms(plan), _roles(plan), _path(plan), _put_back(plan), _next(plan, source),
        _method(),
    )  # fmt: skip
    return "\n".join(line for part in parts for line in part)


def verdict(plan: WorkflowPlan) -> str:
    """The whole plan in a few sentences."""
    routed = plan.routed
    sentences = [f"{counted(routed.count, 'call')} cost {_cost(routed)}."]
    if plan.baseline and plan.saving is not None:
        less, saved = ("less", plan.saving) if plan.saving >= 0 else ("more", -plan.saving)
        ours, theirs = plan.compared_usd
        of = (
            "That" if plan.compared == routed.count else f"On the {plan.compared:,} whose price is known that"
        )
        sentences.append(
            f"{of} is {100 * saved:.1f} % {less} than with {plan.workflow.baseline} for all "
            f"({usd(ours)} against {usd(theirs)})."
        )
    if routed.seconds is not None:
        sentences.append(f"It takes {seconds(routed.seconds)} along {listed(routed.path)}.")
    if routed.succeeding and routed.all_succeed is not None:
        sentences.append(
            f"{_range(routed.succeeding)} of {routed.count} calls are expected to succeed, all of them in "
            f"{percent(routed.all_succeed)} of cases if failures are independent."
        )
    else:
        sentences.append(
            f"What it yields is unknown: nobody measured {listed(_unmeasured(routed), 6)} on these tasks."
        )
    sentences.append(_lift(plan))
    return " ".join(sentences)


def _unmeasured(arm: Arm) -> list[str]:
    """Models that were not measured on what they are to do; roles that have none."""
    return list(dict.fromkeys(call.model or call.role for call in arm.calls if call.quality is None))


def claim(plan: WorkflowPlan) -> str | None:
    """What a plan made by hand says of the cost, against the sum of its own figures."""
    workflow, routed = plan.workflow, plan.routed
    wrong = []
    if workflow.claimed_usd is not None and abs(workflow.claimed_usd - routed.usd) > 0.005 * routed.usd:
        wrong.append(f"that it costs {usd(workflow.claimed_usd)}, and its figures sum to {_cost(routed)}")
    saving = plan.saving
    if (
        workflow.claimed_saving is not None
        and saving is not None
        and abs(workflow.claimed_saving - saving) > 0.0005
    ):
        wrong.append(f"that it saves {100 * workflow.claimed_saving:.1f} %, and it is {100 * saving:.1f} %")
    return f"The plan made by hand says {'; '.join(wrong)}." if wrong else None


def _lift(plan: WorkflowPlan) -> str:
    """What the orchestration gains over one call, where that was measured."""
    single = plan.single
    if single is None:
        return "How much it gains over a single call is unknown: name one under 'single'."
    (call,) = single.calls
    if call.quality is None:
        what = f"{call.model} on {single.name}" if call.model else "any model"
        return f"Nobody measured what {what} does: without it the gain is unknown."
    return (
        f"A single call of {call.model} succeeds in {percent(call.quality)} of cases "
        f"({percent_range(call.low or 0, call.high or 1)}) for {_figure(call.usd)}: the orchestration is "
        "worth its cost only where its results are right more often than that."
    )


def _head(plan: WorkflowPlan, source: str) -> Iterator[str]:
    yield "# What the workflow costs, takes and yields"
    yield ""
    yield _line(verdict(plan))
    if wrong := claim(plan):
        yield ""
        yield f"**{_line(wrong)}**"
    yield ""
    yield f"From {_line(source)}, by `harness plan workflow`."
    yield ""


def _arms(plan: WorkflowPlan) -> Iterator[str]:
    yield "## Ways to do it"
    yield ""
    rows = []
    for arm in filter(None, (plan.routed, plan.baseline, plan.single)):
        saved = UNKNOWN
        if plan.baseline and arm is plan.routed and plan.saving is not None:
            saved = f"{100 * plan.saving:.1f} %"
        rows.append([
            arm.name, f"{arm.count:,}", _cost(arm), saved,
            UNKNOWN if arm.seconds is None else seconds(arm.seconds),
            UNKNOWN if arm.succeeding is None else _range(arm.succeeding),
            percent(arm.all_succeed),
        ])  # fmt: skip
    head = ("Way", "Calls", "Cost", "Saved", "Critical path", "Calls that succeed", "All succeed")
    yield _table(head, rows, (False, True, True, True, True, True, True))
    yield ""


def _roles(plan: WorkflowPlan) -> Iterator[str]:
    yield "## Roles"
    yield ""
    needs = {role.name: role.needs for role in plan.workflow.roles}
    rows = []
    for call in plan.routed.calls:
        failing = UNKNOWN if call.quality is None else f"{call.count * (1 - call.quality):.1f}"
        rows.append([
            _line(call.role), f"{call.count:,}", _line(listed(needs[call.role])) or "–",
            f"**{_line(call.model)}**" if call.model else "*none*", _line(call.why), _figure(call.usd),
            usd(call.count * call.usd.value) if call.usd.value is not None else UNKNOWN,
            _seconds(call), _quality(call), failing,
        ])  # fmt: skip
    head = (
        "Role",
        "Calls",
        "Needs",
        "Model",
        "Why",
        "USD a call",
        "USD",
        "Seconds",
        "Passes",
        "Expected to fail",
    )
    yield _table(head, rows, (False, True, False, False, False, True, True, True, True, True))
    yield ""
    counted_tokens = [role for role in plan.workflow.roles if role.prompt and role.max_tokens]
    if len(counted_tokens) == len(plan.workflow.roles):
        prompts = sum(role.count * (role.prompt or 0) for role in counted_tokens)
        answers = sum(role.count * (role.max_tokens or 0) for role in counted_tokens)
        yield f"Tokens: {prompts:,} of prompts, at most {answers:,} of answers."
        yield ""


def _path(plan: WorkflowPlan) -> Iterator[str]:
    yield "## Critical path"
    yield ""
    path, unknown = (
        _line(" → ".join(plan.routed.path)),
        list(
            dict.fromkeys(call.model or call.role for call in plan.routed.calls if call.seconds.value is None)
        ),
    )
    if unknown:
        waiting = f", {len(plan.routed.path)} roles one after the other" if len(plan.routed.path) > 1 else ""
        yield (
            f"{path}{waiting}. How long that takes is unknown: nobody measured the time of "
            f"{_line(listed(unknown, 6))}."
        )
    else:
        yield f"{path}: {seconds(plan.routed.seconds)}."
    yield ""


def _put_back(plan: WorkflowPlan) -> Iterator[str]:
    if not plan.put_back:
        return
    yield f"## Each role put back to {_line(str(plan.workflow.baseline))}"
    yield ""
    rows = [
        [
            _line(back.role),
            UNKNOWN if back.usd is None else _change(back.usd),
            UNKNOWN if back.succeeding is None else signed(back.succeeding),
            UNKNOWN if back.seconds is None else f"{signed(back.seconds)} s",
        ]
        for back in plan.put_back
    ]
    yield _table(("Role", "Cost", "Calls that succeed", "Critical path"), rows, (False, True, True, True))
    yield ""


def _next(plan: WorkflowPlan, source: str) -> Iterator[str]:
    """The commands that make known what is not."""
    models = [call.model for call in plan.routed.calls if call.quality is None and call.model]
    if not models:
        return
    yield "## What next"
    yield ""
    yield "To know what it takes and yields, name these models in `models.yaml` and measure them:"
    yield ""
    yield "```sh"
    yield f"harness run --suite all --models {shlex.quote(','.join(dict.fromkeys(models)))}"
    yield "harness report"
    yield f"harness plan workflow {shlex.quote(source)}"
    yield "```"
    yield ""


def _method() -> Iterator[str]:
    yield "## How this was reckoned"
    yield ""
    yield _METHOD
    yield ""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    """A table without the columns of which nothing is known."""
    shown = [at for at in range(len(head)) if any(row[at] != UNKNOWN for row in rows)]
    return markdown_table(
        [head[at] for at in shown], [[row[at] for at in shown] for row in rows], [right[at] for at in shown]
    )


def _range(succeeding: tuple[float, float, float]) -> str:
    """``24.3 (21.0–26.5)``."""
    expected, low, high = succeeding
    return f"{expected:.1f} ({low:.1f}–{high:.1f})"


def _change(value: float) -> str:
    sign = "" if abs(value) < 1e-12 else "+" if value > 0 else "−"
    return sign + usd(abs(value) if sign else 0)


def _cost(arm: Arm) -> str:
    """``$0.00154``, or what is known of it."""
    if arm.unpriced == arm.count:
        return "an unknown amount"
    return usd(arm.usd) + (
        f", without {counted(arm.unpriced, 'call')} of unknown price" if arm.unpriced else ""
    )


def _figure(figure: Figure) -> str:
    return UNKNOWN if figure.value is None else f"{usd(figure.value)} ({_SOURCES[figure.source]})"


def _seconds(call: Call) -> str:
    if call.seconds.value is None:
        return UNKNOWN
    return f"{seconds(call.seconds.value)} ({_SOURCES[call.seconds.source]})"


def _quality(call: Call) -> str:
    if call.quality is None:
        return UNKNOWN
    return f"{percent(call.quality)} of {call.tasks:,} ({percent_range(call.low or 0, call.high or 1)})"


def usd(value: float) -> str:
    """Three digits that say something: ``$0.00154``, ``$12.3``, ``$1,230``."""
    if value == 0:
        return "$0"
    exponent = int(f"{value:.2e}".partition("e")[2])
    text = f"{value:,.{max(0, 2 - exponent)}f}"
    return "$" + (text.rstrip("0").rstrip(".") if "." in text else text)


def as_data(plan: WorkflowPlan) -> dict[str, Any]:
    """The same for programs: USD, seconds, shares; unknown is null."""
    arms = {"routed": plan.routed, "baseline": plan.baseline, "single": plan.single}
    return {
        "saving": plan.saving,
        "compared_calls": plan.compared,
        "arms": {name: _arm_data(arm) for name, arm in arms.items() if arm},
        "put_back": [
            {"role": b.role, "usd": b.usd, "succeeding": b.succeeding, "seconds": b.seconds}
            for b in plan.put_back
        ],
    }


def _arm_data(arm: Arm) -> dict[str, Any]:
    return {
        "calls": arm.count,
        "usd": None if arm.unpriced else arm.usd,
        "usd_known": arm.usd,
        "unpriced_calls": arm.unpriced,
        "seconds": arm.seconds,
        "critical_path": list(arm.path),
        "succeeding": arm.succeeding,
        "all_succeed": arm.all_succeed,
        "roles": [
            {
                "role": call.role,
                "calls": call.count,
                "model": call.model,
                "usd": call.usd.value,
                "seconds": call.seconds.value,
                "quality": call.quality,
                "why": call.why,
            }
            for call in arm.calls
        ],
    }


def _line(text: str) -> str:
    return markdown(text)
