"""Real requests to a server that misbehaves; waits are counted on a clock of our own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from harness import paths
from harness.errors import AllModelsFailed
from harness.observationrow import Observation
from harness.results.observations import ObservationLog, read_observations
from harness.routing.router import RoutedAnswer, Router
from harness.rules.ruleset import CallPolicy, Candidate, Fallback, Provider, Rule, RuleSet, SpendingLimit
from tests.exporters.sample import evidence, model, rule_set
from tests.loopback import Loopback, Play, answer, hang, stream

BUSY = answer(429, {"error": {"message": "slow down"}})
DOWN = answer(503, {"error": {"message": "overloaded"}})
GARBAGE = answer(200, "<html>what?</html>", kind="text/html")
SILENCE = hang(5)
GOOD = stream("the ", "answer")


@dataclass
class FakeTime:
    now: float = 0.0
    waits: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def chain_of(*servers: Loopback) -> RuleSet:
    """Models m0, m1 … in this order, a server each."""
    names = [f"m{i}" for i in range(len(servers))]
    rule = Rule(
        "code",
        "code",
        (),
        100,
        names[0],
        tuple(map(Fallback, names[1:])),
        evidence(),
        "the order of the test",
    )
    return replace(
        rule_set(),
        providers=tuple(Provider(f"p{i}", "openai", s.url, None) for i, s in enumerate(servers)),
        models=tuple(model(name, f"p{i}", f"up-{name}") for i, name in enumerate(names)),
        rules=(rule,),
        default_rule=None,
        policy=CallPolicy(timeout_s=0.5),
    )


def ask(
    servers: list[Loopback], requests: int = 1, log: Callable[[Observation], None] | None = None, **more: Any
) -> tuple[list[RoutedAnswer], FakeTime]:
    """Put some requests to a router over the servers."""

    async def all_of_them() -> list[RoutedAnswer]:
        router = Router(chain_of(*servers), log=log, clock=time.clock, sleep=time.sleep)
        try:
            return [await router.run("hello", "code", **more) for _ in range(requests)]
        finally:
            await router.close()

    time = FakeTime()
    return asyncio.run(all_of_them()), time


def test_the_first_model_answers() -> None:
    with Loopback(GOOD) as a, Loopback(GOOD) as b:
        (done,), time = ask([a, b])
    assert (done.completion.output, done.model, len(done.attempts)) == ("the answer", "m0", 1)
    assert (len(b.calls), time.waits) == (0, [])


@pytest.mark.parametrize("play", [BUSY, DOWN, GARBAGE, SILENCE, stream("", finish="stop")])
def test_the_next_model_answers_at_once_when_the_first_does_not(play: Play) -> None:
    with Loopback(play) as a, Loopback(GOOD) as b:
        (done,), time = ask([a, b])
    assert (done.completion.output, done.model) == ("the answer", "m1")
    assert (len(a.calls), time.waits) == (1, [])


def test_every_request_is_answered_while_one_model_lives() -> None:
    with (
        Loopback(BUSY, DOWN, GARBAGE, SILENCE, BUSY) as a,
        Loopback(SILENCE, GARBAGE, DOWN, BUSY, DOWN) as b,
        Loopback(GOOD) as c,
    ):
        done, _ = ask([a, b, c], requests=8)
    assert [d.completion.output for d in done] == ["the answer"] * 8
    assert {d.model for d in done} == {"m2"}


def test_waits_follow_the_schedule_and_then_it_is_over() -> None:
    time = FakeTime()

    async def one() -> None:
        router = Router(chain_of(a), clock=time.clock, sleep=time.sleep)
        try:
            await router.run("hello", "code")
        finally:
            await router.close()

    with Loopback(DOWN) as a, pytest.raises(AllModelsFailed, match=r"tried m0 \(7 times; .*503.*overloaded"):
        asyncio.run(one())
    assert len(time.waits) == 6
    for wait, expected in zip(time.waits, (1, 2, 4, 8, 16, 32), strict=True):
        assert expected <= wait <= expected * 1.25
    assert len(a.calls) == 7


def test_retry_after_is_kept() -> None:
    busy = answer(429, {"error": {"message": "slow down"}}, headers={"Retry-After": "7"})
    with Loopback(busy, GOOD) as a:
        (done,), time = ask([a])
    assert done.completion.output == "the answer"
    assert time.waits == pytest.approx([7.0])


def test_a_busy_model_is_left_alone_by_the_next_request_too() -> None:
    busy = answer(429, {"error": {"message": "slow down"}}, headers={"Retry-After": "30"})
    with Loopback(busy, GOOD) as a, Loopback(GOOD) as b:
        done, time = ask([a, b], requests=3)
    assert [d.model for d in done] == ["m1"] * 3
    assert (len(a.calls), time.waits) == (1, [])


def test_an_answer_that_is_refused_goes_to_the_next_model_and_not_back() -> None:
    with Loopback(stream("no")) as a, Loopback(stream("42")) as b:
        (done,), _ = ask([a, b], validate=str.isdigit)
    assert (done.completion.output, done.model) == ("42", "m1")
    assert [x.failure.kind if x.failure else None for x in done.attempts] == ["invalid", None]


def test_exhaustion_lists_what_was_tried() -> None:
    refused = answer(400, {"error": {"message": "no such parameter"}})
    with (
        Loopback(refused) as a,
        Loopback(stream("no")) as b,
        pytest.raises(
            AllModelsFailed, match=r"no model answered; tried m0 \(1 time; .*400.*\), m1 \(1 time; "
        ),
    ):
        ask([a, b], validate=lambda text: 0.2)


def test_every_call_is_an_observation(tmp_path: Path) -> None:
    with Loopback(BUSY) as a, Loopback(GOOD) as b, ObservationLog(tmp_path) as log:
        ask([a, b], log=log.append, role="coder", difficulty="beginner", validate=lambda text: 0.8)
    first, second = read_observations(tmp_path)
    assert (first.model, first.success, first.error, first.score) == ("m0", False, "rate_limit", None)
    assert (second.model, second.success, second.error, second.score) == ("m1", True, None, 8.0)
    assert (second.role, second.task_category, second.task_difficulty) == ("coder", "code", "beginner")
    assert second.token_count == 14
    assert second.latency_ms >= 0
    assert second.cost_usd is None


def test_failures_teach_the_router_and_busy_providers_do_not() -> None:
    async def both() -> Router:
        router = Router(chain_of(a, b, c), clock=time.clock, sleep=time.sleep)
        await router.run("hello", "code")
        await router.close()
        return router

    time = FakeTime()
    with Loopback(BUSY) as a, Loopback(GARBAGE) as b, Loopback(GOOD) as c:
        state = asyncio.run(both()).state("code")
    assert state.passed == (0.0, 0.0, 1.0)
    assert state.failed == (0.0, 1.0, 0.0)


@pytest.mark.parametrize("named_by_the_rule", [False, True])
def test_a_real_model_on_the_cpu_answers_when_every_server_fails(named_by_the_rule: bool) -> None:
    async def one(rules: RuleSet) -> RoutedAnswer:
        router = Router(rules, clock=time.clock, sleep=time.sleep)
        try:
            return await router.run("What is 2 plus 3?", "code", max_tokens=8)
        finally:
            await router.close()

    time = FakeTime()
    refused = answer(400, {"error": {"message": "no such model"}})
    with Loopback(BUSY) as a, Loopback(GARBAGE) as b, Loopback(refused) as c:
        rules = chain_of(a, b, c)
        path = str(paths.BUILTIN_MODELS / "demo-xs.gguf")
        demo = model("demo-xs", "here", "demo-xs", gguf_path=path)
        rule = rules.rules[0]
        if named_by_the_rule:
            rule = replace(rule, fallbacks=(*rule.fallbacks, Fallback("demo-xs")))
        with_demo = replace(
            rules,
            providers=(*rules.providers, Provider("here", "llama_cpp", None, None)),
            models=(*rules.models, demo),
            rules=(rule,),
            policy=CallPolicy(timeout_s=30.0),
        )
        done = asyncio.run(one(with_demo))
    tried = ["m0", "m1", "m2", "demo-xs" if named_by_the_rule else "demo-xs on the CPU"]
    assert [str(attempt.link) for attempt in done.attempts] == tried
    assert done.model == "demo-xs"
    assert done.completion.output.strip()
    assert time.waits == []


def test_nobody_is_asked_who_costs_more_than_the_budget_has_left() -> None:
    async def one(rules: RuleSet) -> RoutedAnswer:
        router = Router(rules)
        try:
            return await router.run("hello", "code")
        finally:
            await router.close()

    with Loopback(GOOD) as a, Loopback(GOOD) as b:
        rules = chain_of(a, b)
        dear, cheap = (Candidate(f"m{i}", 9, 0.9, 0.8, 1.0, 0.5, 9, 1, None, 0.03 - i / 50) for i in (0, 1))
        rules = replace(rules, rules=(replace(rules.rules[0], candidates=(dear, cheap)),))
        done = asyncio.run(one(replace(rules, policy=CallPolicy(budget=SpendingLimit(0.02, "day")))))
        with pytest.raises(AllModelsFailed, match=r"\$0.0050 are left of the \$0.005 of this day; no model"):
            asyncio.run(one(replace(rules, policy=CallPolicy(budget=SpendingLimit(0.005, "day")))))
    assert done.model == "m1"
    assert (len(a.calls), len(b.calls)) == (0, 1)
