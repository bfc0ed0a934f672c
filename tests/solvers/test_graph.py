"""Orchestrations call by call: who is asked what, what feeds what, what it costs, what rules make of it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from harness.graders import build_grader
from harness.graders.graph import Graph, Step
from harness.models.config import load_config
from harness.records import Completion, Suite, Task
from harness.resultrow import ResultRow
from harness.routing.engine import Routed
from harness.rules.file import to_yaml
from harness.rules.ruleset import Provider
from harness.runner.plan import RunPlan, Selection
from harness.solvers.base import put_suite
from harness.solvers.graph import critical_path_s
from harness.suites import load_suite
from tests.exporters.sample import model, rule, rule_set
from tests.loopback import Call, Loopback, answer, stream
from tests.solvers.conftest import row_of

FOLDER = Path(__file__).parents[2] / "suites" / "orchestration"
# USD a call in the user's example of 28 agents, where one model for all costs 0.0001; and how many they are.
PRICES = {"classification": 0.00001, "analysis": 0.00005, "code": 0.0001, "math": 0.00008, "writing": 0.00015}
CALLS = {"classification": 10, "analysis": 8, "code": 5, "math": 3, "writing": 2}


@dataclass
class Agents:
    """A play that knows the right answer to every prompt; ``wrong`` are answered otherwise."""

    right: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)
    models: Counter[str] = field(default_factory=Counter)
    prompts: list[str] = field(default_factory=list)
    fails: str | None = None  # what a prompt has that is answered with an error

    async def __call__(self, call: Call, writer: asyncio.StreamWriter) -> None:
        prompt = call.body["messages"][-1]["content"]
        self.models[call.body["model"]] += 1
        self.prompts.append(prompt)
        if self.fails is not None and self.fails in prompt:
            await answer(400, {"error": {"message": "no"}})(call, writer)
            return
        text = self.wrong.get(prompt) or self.right.get(prompt, "I do not know")
        await stream(text, usage={"prompt_tokens": 100, "completion_tokens": 0})(call, writer)


@pytest.fixture(scope="module")
def suite() -> Suite:
    whole = load_suite(FOLDER)
    return replace(whole, tasks=tuple(task for task in whole.tasks if task.id == "shop-morning"))


def _graph(task: Task) -> Graph:
    graph = build_grader(task)
    assert isinstance(graph, Graph)
    return graph


def _right(suite: Suite) -> dict[str, str]:
    task, graph = suite.tasks[0], _graph(suite.tasks[0])
    parts = [graph.part(task, name) for name in graph.steps]
    return {part.messages[0].content: part.reference for part in parts}


def _plan(suite: Suite, folder: Path, server: Loopback, models: str, **chosen: Any) -> RunPlan:
    where = f"engine: openai, provider: p, base_url: '{server.url}', model: one"
    text = f"models: [{{id: one, {where}, price: {{input: 1, output: 1}}}}]"
    (folder / "models.yaml").write_text(text)
    config = load_config(folder / "models.yaml").with_rules_files(models)
    selection = Selection("orchestration", models, None, 1, 0, **chosen)
    return RunPlan(selection, config, (put_suite(suite, selection.way),), tuple(config.choose_models(models)))


def _rules(folder: Path, server: Loopback) -> Path:
    """Rules that send each type of task to a model of its own, at the prices of the example."""
    rules = replace(
        rule_set(),
        providers=(Provider("p", "openai", server.url, None),),
        models=tuple(
            model(f"for-{kind}", "p", f"for-{kind}", price_in_per_1m=usd * 1e4, price_out_per_1m=0.0)
            for kind, usd in PRICES.items()
        ),
        rules=tuple(rule(kind, f"for-{kind}") for kind in PRICES),
        default_rule=None,
        baseline=None,
        role_map={},
    )
    path = folder / "routing_rules.yaml"
    path.write_text(to_yaml(rules), "utf-8")
    return path


@dataclass
class Taken:
    """A row with its metrics, and the agents that were asked for it."""

    row: ResultRow
    metrics: dict[str, Any]
    agents: Agents


Take = Callable[..., Taken]


@pytest.fixture
def take(suite: Suite, tmp_path: Path) -> Take:
    def taken(models: str = "one", agents: Agents | None = None, **chosen: Any) -> Taken:
        agents = agents or Agents(_right(suite))
        with Loopback(agents) as server:
            named = f"rules:{_rules(tmp_path, server)}" if models == "rules" else models
            row = row_of(_plan(suite, tmp_path, server, named, **chosen), tmp_path / "results")
        return Taken(row, json.loads(row.metrics or "{}"), agents)

    return taken


def test_the_mix_is_the_user_s(suite: Suite) -> None:
    for task in load_suite(FOLDER).tasks:
        assert Counter(step.type for step in _graph(task).steps.values()) == CALLS
        assert task.measure == "score"


def test_routing_saves_45_percent_of_the_cost_of_one_model(take: Take) -> None:
    """28 calls for $0.00154 by the rules, for $0.0028 by one model."""
    alone, routed = take(), take("rules")
    assert alone.row.cost_usd == pytest.approx(0.0028)
    assert routed.row.cost_usd == pytest.approx(0.00154)
    assert round(1 - routed.row.cost_usd / alone.row.cost_usd, 3) == 0.45  # type: ignore[operator]
    assert (alone.row.score, routed.row.score) == (1.0, 1.0)
    assert routed.agents.models == {f"for-{kind}": count for kind, count in CALLS.items()}
    assert Counter(routed.metrics["models"].values()) == routed.agents.models
    assert (alone.row.solver, alone.metrics["turns"], alone.row.prompt_tokens) == ("chained", 28, 2800)
    assert (routed.row.engine, routed.row.baseline) == ("rules", True)  # measured, and never routed to
    assert alone.metrics["critical_path_s"] < alone.row.latency_s


def _count_of_wrong(suite: Suite) -> dict[str, str]:
    """The wrong answer "9" to the step that counts, whose answer eight others need in the end."""
    return {_graph(suite.tasks[0]).part(suite.tasks[0], "a1").messages[0].content: "9"}


def test_a_wrong_answer_goes_into_later_prompts_and_is_told_from_what_it_breaks(
    suite: Suite, take: Take
) -> None:
    broken = take(agents=Agents(_right(suite), _count_of_wrong(suite)))
    assert broken.metrics["first_broken"] == "a1"
    assert {name for name, right in broken.metrics["steps"].items() if not right} == {
        "a1", "a6", "a8", "m1", "m2", "m3", "k3", "w1", "w2"
    }  # fmt: skip
    assert broken.row.score == pytest.approx(19 / 28)
    assert any("There are 9 cases" in prompt for prompt in broken.agents.prompts)


def test_injected_steps_are_measured_each_by_itself(suite: Suite, take: Take) -> None:
    alone = take(agents=Agents(_right(suite), _count_of_wrong(suite)), steps="injected")
    assert alone.row.score == pytest.approx(27 / 28)
    assert not any("There are 9 cases" in prompt for prompt in alone.agents.prompts)
    assert alone.row.solver == "injected"


def test_all_steps_in_a_single_call(suite: Suite, take: Take) -> None:
    prompt, reference = suite.tasks[0].messages[0].content, suite.tasks[0].reference
    single = take(agents=Agents({prompt: reference}), steps="one")
    assert (single.row.score, single.row.solver, len(single.agents.prompts)) == (1.0, "one", 1)


def test_a_call_that_fails_is_an_error_and_ends_it(suite: Suite, take: Take) -> None:
    failed = take(agents=Agents(_right(suite), fails="How many of them"))
    assert (failed.row.status, failed.row.score) == ("error", None)
    assert not any("There are" in prompt for prompt in failed.agents.prompts)


def test_a_type_without_a_rule_is_an_error_that_names_it(suite: Suite, tmp_path: Path) -> None:
    with Loopback(Agents(_right(suite))) as server:
        path = _rules(tmp_path, server)
        text = path.read_text("utf-8")
        path.write_text(text.replace("task_type: math", "task_type: algebra"), "utf-8")
        row = row_of(_plan(suite, tmp_path, server, f"rules:{path}"), tmp_path / "results")
    assert (row.status, row.error_type) == ("error", "no_route")
    assert "math" in (row.error or "")


def test_rules_that_route_to_a_rules_file_are_refused(tmp_path: Path) -> None:
    rules = replace(
        rule_set(), providers=(Provider("p", "rules", None, None),), models=(), rules=(), default_rule=None
    )
    path = tmp_path / "rules.yaml"
    path.write_text(to_yaml(replace(rules, baseline=None, role_map={})), "utf-8")
    config = load_config(Path(__file__).parents[2] / "models.yaml").with_rules_files(f"rules:{path}")
    (spec,) = config.choose_models(f"rules:{path}")
    with pytest.raises(Exception, match="is a rules file itself"):
        asyncio.run(Routed(spec).open())


# --- the grader --------------------------------------------------------------

SMALL = Graph(
    {
        "a": Step("analysis", "2 + 2?", "numeric", "4"),
        "c": Step("analysis", "{a} + 1?", "numeric", "5"),
        "b": Step("math", "{a} + {c} of {unknown}?", "numeric", "9"),
    }
)


def test_prompts_show_what_was_finally_said_within_bounds() -> None:
    assert SMALL.needs == {"a": set(), "c": {"a"}, "b": {"a", "c"}}
    said = {"a": "<think>{c} 5?</think> 4 {c}\n", "c": ""}
    assert SMALL.prompt("b", said) == "4 {c} + (no answer) of {unknown}?"
    assert len(SMALL.prompt("c", {"a": "x" * 50_000})) < 5_000


def test_the_critical_path_is_the_longest_chain() -> None:
    answers = {
        name: Completion(latency_s=seconds) for name, seconds in {"a": 1.0, "c": 2.0, "b": 4.0}.items()
    }
    assert critical_path_s(SMALL, answers) == 7.0
    assert critical_path_s(SMALL, answers | {"c": Completion()}) is None


def _judged(task: Task, **answers: Any) -> tuple[float, Any]:
    verdict = SMALL.grade(task, Completion(output=json.dumps(answers)))
    return round(verdict.score, 2), verdict.metrics.get("first_broken")


def test_steps_are_judged_by_their_own_graders(suite: Suite) -> None:
    task = suite.tasks[0]
    assert _judged(task, a="4", c="5", b="9") == (1.0, None)
    assert _judged(task, a=4, c=5, b="The answer is 9") == (1.0, None)
    assert _judged(task, a="4", c="6", b="10") == (0.33, "c")
    assert _judged(task, c="5", b="9") == (0.67, "a")
    assert _judged(task, A="4", C=5, b="9") == (1.0, None)
    for written in ("Sure! {'a': '4', 'c': 5, 'b': 9,} See [1].", '{"answers": {"a": 4, "c": 5, "b": 9}}'):
        assert SMALL.grade(task, Completion(output=written)).passed
    assert SMALL.grade(task, Completion(output="4, 5, 9")).error_type == "malformed_answer"


@pytest.mark.parametrize(
    "mutation",
    [
        lambda self, task, name, answer, sandbox: answer is not None,  # too lenient: any answer will do
        lambda self, task, name, answer, sandbox: (
            answer == self.steps[name].reference
        ),  # too strict: to the letter
    ],
)
def test_a_mutated_grader_is_caught(suite: Suite, monkeypatch: pytest.MonkeyPatch, mutation: Any) -> None:
    monkeypatch.setattr(Graph, "_judge", mutation)
    with pytest.raises(AssertionError):
        test_steps_are_judged_by_their_own_graders(suite)


def test_steps_stand_behind_those_that_they_need() -> None:
    with pytest.raises(ValueError, match="b needs a"):
        Graph({"b": Step("math", "{a}?", "numeric", "1"), "a": Step("math", "1?", "numeric", "1")})
