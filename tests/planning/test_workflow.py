"""What an orchestration costs, takes and yields: sums of the examples, paths, and what stays unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from harness.errors import ConfigError
from harness.models.config import Config
from harness.planning.agents_file import load_agents
from harness.planning.workflow import WorkflowPlan, plan_workflow
from harness.planning.workflow_document import as_data, claim, document, usd, verdict
from harness.planning.workflow_file import load_workflow
from harness.records import ModelSpec
from harness.rules.ruleset import Candidate, RuleSet
from tests.exporters.sample import model, rule, rule_set

EXAMPLES = Path(__file__).parents[2] / "examples"


def candidate(name: str, quality: float, seconds: float | None, cost: float | None = None) -> Candidate:
    return Candidate(
        name, 50, quality, quality - 0.1, min(1.0, quality + 0.05), 0.5, 50.0, seconds, None, cost
    )


def rules() -> RuleSet:
    """Two types with a rule, one without a decision; prices of one model alone."""
    read = (candidate("small", 0.9, 1.0, 0.0001), candidate("big", 0.95, 4.0, 0.002))
    code = (candidate("big", 0.8, 6.0, 0.004), candidate("small", 0.3, 2.0, 0.0002))
    return replace(
        rule_set(),
        models=(
            model("small", "openrouter", "s", 8192),
            model("big", "openrouter", "b", 8192, price_in_per_1m=1.0, price_out_per_1m=4.0, ttft_s=0.5),
        ),
        rules=(
            replace(rule("read", "small"), candidates=read),
            replace(rule("code", "big"), candidates=code),
            rule("draw", None),
        ),
        default_rule=None,
    )


def planned(tmp_path: Path, text: str, ruleset: RuleSet | None = None) -> WorkflowPlan:
    path = tmp_path / "workflow.yaml"
    path.write_text(text)
    ruleset = ruleset or rules()
    return plan_workflow(load_workflow(path, ruleset), ruleset)


@pytest.mark.parametrize(
    ("name", "calls", "cost", "unpriced", "compared", "saving"),
    [
        ("28", 28, 0.00154, 0, (0.00154, 0.0028), 0.45),
        ("180", 180, 0.0134, 10, (0.0134, 0.017), 1 - 0.0134 / 0.017),
        ("150", 150, 0.0081, 30, (0.0081, 0.012), 1 - 0.0081 / 0.012),
    ],
)
def test_the_mixes_of_the_user_s_document(
    name: str, calls: int, cost: float, unpriced: int, compared: tuple[float, float], saving: float
) -> None:
    plan = plan_workflow(load_workflow(EXAMPLES / f"workflow-{name}.yaml", None), None)
    routed = plan.routed
    assert (routed.count, routed.unpriced) == (calls, unpriced)
    assert routed.usd == pytest.approx(cost) and plan.compared_usd == pytest.approx(compared)
    assert plan.saving == pytest.approx(saving)
    assert routed.succeeding is None and "unknown: nobody measured" in verdict(plan)
    text = document(plan, "workflow.yaml")
    assert all(str(role.model) in verdict(plan) for role in plan.workflow.roles)
    assert "Expected to fail" not in text and "Passes" not in text, "columns of which nothing is known"
    assert "## What next" in text and "How long that takes is unknown" in text


def test_wrong_sums_of_a_plan_made_by_hand_are_named() -> None:
    plan = plan_workflow(load_workflow(EXAMPLES / "workflow-28.yaml", None), None)
    wrong = claim(plan) or ""
    assert "$0.00164, and its figures sum to $0.00154" in wrong and "41.0 %, and it is 45.0 %" in wrong
    right = replace(plan, workflow=replace(plan.workflow, claimed_usd=0.00154, claimed_saving=0.45))
    assert claim(right) is None


MIXED = """
baseline: big
single: {task: code}
roles:
- {name: gather, count: 4, task: read}
- {name: write, count: 2, task: code, needs: [gather]}
- {name: check, count: 10, task: read, needs: [gather]}
- {name: end, task: read, needs: [write, check], prompt: 1000, max_tokens: 200, model: big}
"""


def test_cost_path_and_yield_follow_from_the_rules(tmp_path: Path) -> None:
    plan = planned(tmp_path, MIXED)
    assert [call.model for call in plan.routed.calls] == ["small", "big", "small", "big"]
    by_role = {call.role: call for call in plan.routed.calls}
    assert (by_role["write"].usd.value, by_role["write"].usd.source) == (0.004, "measured")
    assert by_role["end"].usd.source == "prices"
    assert by_role["end"].usd.value == pytest.approx((1000 * 1.0 + 200 * 4.0) / 1e6)
    assert by_role["end"].seconds.value == pytest.approx(0.5 + 200 / 50)
    assert plan.routed.usd == pytest.approx(14 * 0.0001 + 2 * 0.004 + 0.0018)
    assert plan.routed.path == ("gather", "write", "end")
    assert plan.routed.seconds == pytest.approx(1 + 6 + 4.5)
    assert plan.routed.succeeding == pytest.approx(
        (14 * 0.9 + 2 * 0.8 + 0.95, 14 * 0.8 + 2 * 0.7 + 0.85, 17 - 0.3 - 0.7)
    )
    assert plan.routed.all_succeed == pytest.approx(0.9**14 * 0.8**2 * 0.95)
    assert plan.baseline and plan.baseline.usd == pytest.approx(14 * 0.002 + 2 * 0.004 + 0.0018)
    assert plan.single and plan.single.calls[0].model == "big" and plan.single.seconds == 6.0
    back = {one.role: one for one in plan.put_back}
    assert set(back) == {"gather", "check"}, "the others are the baseline's already"
    assert back["gather"].usd == pytest.approx(4 * 0.0019) and back["gather"].seconds == pytest.approx(3.0)
    assert back["check"].succeeding == pytest.approx(10 * 0.05) and back["check"].seconds == 0.0
    text = document(plan, "workflow.yaml").replace("\u00a0", " ").replace("\u2060", "")
    assert "gather → write → end: 12 s." in text and "succeeds in 80 % of cases (70–85 %)" in text
    assert as_data(plan)["arms"]["routed"]["critical_path"] == ["gather", "write", "end"]


def test_few_calls_at_once_take_rounds(tmp_path: Path) -> None:
    plan = planned(tmp_path, "at_once: 4\n" + MIXED)
    assert plan.routed.path == ("gather", "write", "end"), "three rounds of one second are quicker than six"
    one = planned(tmp_path, "at_once: 1\n" + MIXED)
    assert one.routed.path == ("gather", "write", "end") and one.routed.seconds == pytest.approx(4 + 12 + 4.5)
    slow = planned(tmp_path, "at_once: 1\n" + MIXED.replace("count: 2", "count: 1"))
    assert slow.routed.path == ("gather", "check", "end")


def test_what_nobody_decided_or_measured_stays_unknown(tmp_path: Path) -> None:
    plan = planned(tmp_path, "baseline: small\nroles: [{name: a, task: draw}, {name: b, task: read}]")
    first, second = plan.routed.calls
    assert (first.model, first.usd.value, first.quality) == (None, None, None)
    assert first.why.startswith("no rule: about 40 more tasks")
    assert second.usd.value == 0.0001 and plan.routed.seconds is None and plan.routed.all_succeed is None
    assert "$0.0001, without 1 call of unknown price" in verdict(plan)
    assert as_data(plan)["arms"]["routed"]["usd"] is None
    assert "unknown amount" in verdict(planned(tmp_path, "roles: [{name: a, task: draw}]"))


def problems() -> Iterator[tuple[str, str]]:
    yield "roles: [{name: a, task: reed}]", r":1: there is no rule for 'reed'; did you mean read"
    yield "roles:\n- {name: a, task: read}\n- {name: a, task: read}", r":3: the role 'a' is there twice"
    yield "roles: [{name: a, task: read, needs: [b]}]", "there is no role 'b'"
    yield "roles: [{name: a, task: read, needs: [a]}]", "wait for each other: a → a"
    yield (
        (
            "roles:\n- {name: a, task: read, needs: [c]}\n- {name: b, task: read, needs: [a]}\n"
            "- {name: c, task: read, needs: [b]}"
        ),
        r"wait for each other: (a → c → b → a|b → a → c → b|c → b → a → c)",
    )
    yield "roles: [{name: a, model: smal}]", "'smal'; did you mean small"
    yield "baseline: bigg\nroles: [{name: a, task: read}]", r":1: .*'bigg'; did you mean big"
    yield "roles: [{name: a}]", "needs a 'task' or a 'model'"
    yield "roles: [{name: a, task: read, count: 0}]", "'count' must be from 1"
    yield "roles: []", "'roles' is empty"
    yield "roles: [{name: a, task: read, neds: []}]", "did you mean needs"
    yield "single: {model: x}\nroles: [{name: a, task: read}]", "'x'"


@pytest.mark.parametrize(("text", "message"), list(problems()))
def test_a_file_that_is_wrong_is_one_line(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=message) as error:
        planned(tmp_path, text)
    assert str(error.value).startswith(str(tmp_path)) and "\n" not in str(error.value)


def test_a_long_chain_of_needs_is_no_matter(tmp_path: Path) -> None:
    roles = "\n".join(
        f"- {{name: r{i}, task: read, needs: [{f'r{i - 1}' if i else ''}]}}" for i in range(1500)
    )
    plan = planned(tmp_path, f"roles:\n{roles}")
    assert len(plan.routed.path) == 1500 and plan.routed.seconds == pytest.approx(1500)


def test_dollars_have_three_digits_that_say_something() -> None:
    assert [usd(value) for value in (0, 0.00154, 0.0028, 0.1, 12.345, 1234.5, 1.5e-7)] == [
        "$0", "$0.00154", "$0.0028", "$0.1", "$12.3", "$1,234", "$0.00000015",
    ]  # fmt: skip


def test_the_page_of_planning_is_true(tmp_path: Path) -> None:
    """The files that the documentation shows can be read as they stand there."""
    page = (EXAMPLES.parent / "docs/planning.md").read_text()
    agents, workflow = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "agents.yaml").write_text(agents)
    config = Config(tmp_path / "models.yaml", {"m": ModelSpec("m", "llama_cpp", "local", path="m.gguf")})
    assert load_agents(tmp_path / "agents.yaml", config, {"code"}, ()).roles[0].model == "deepseek-coder-33b"
    plan = planned(tmp_path, re.sub("task: (classification|code|writing|planning)", "task: read", workflow))
    assert plan.routed.path == ("sort", "code", "join") and plan.saving is not None
