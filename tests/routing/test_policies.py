"""Bandit policies: small cases by hand, and the published-size simulation in order and band."""

from __future__ import annotations

import numpy as np
import pytest

from harness.routing.policies import (
    POLICIES,
    BanditPolicy,
    BestKnown,
    DiscountedThompson,
    EpsilonGreedy,
    SlidingThompson,
    State,
    Thompson,
    Ucb1,
)

ARMS = np.array([0.85, 0.75, 0.70, 0.60, 0.50])
CHANGED = np.array([0.50, 0.75, 0.70, 0.60, 0.90])
STEPS = 2000


class RandomArm(BestKnown):
    def choose(self, state: State, rng: np.random.Generator) -> int:
        return int(rng.integers(len(state.passed)))


def regret(policy: BanditPolicy, seed: int, change: bool, steps: int = STEPS, prior: float = 0) -> float:
    """What the best arm of each step would have brought beyond the chosen ones."""
    rng = np.random.default_rng(seed)
    warm = [(float(rng.binomial(int(prior), p)) if prior else 0.0) for p in ARMS]
    state, lost = State.of([(passed, prior - passed) for passed in warm]), 0.0
    for step in range(steps):
        rates = CHANGED if change and step >= steps // 2 else ARMS
        arm = policy.choose(state, rng)
        lost += float(rates.max() - rates[arm])
        state = policy.observe(state, arm, float(rng.random() < rates[arm]))
    return lost


@pytest.mark.parametrize("name", POLICIES)
def test_a_clear_winner_is_found_and_the_seed_decides(name: str) -> None:
    policy = POLICIES[name]()
    state = State.of([(90.0, 10.0), (10.0, 90.0), (5.0, 95.0)])
    first = [policy.choose(state, np.random.default_rng(seed)) for seed in range(50)]
    assert first == [policy.choose(state, np.random.default_rng(seed)) for seed in range(50)]
    assert first.count(0) >= 40


@pytest.mark.parametrize("name", POLICIES)
def test_observing_gives_a_new_state_and_leaves_the_old_one(name: str) -> None:
    state = State.of([(1.0, 1.0), (2.0, 0.0)])
    after = POLICIES[name]().observe(state, 1, 0.25)
    assert state == State.of([(1.0, 1.0), (2.0, 0.0)])
    assert after.passed == pytest.approx((1.0, 2.25))
    assert after.failed == pytest.approx((1.0, 0.75))


def test_discount_halves_after_138_pulls_and_never_below_the_tournament() -> None:
    policy = DiscountedThompson()
    state = policy.observe(State.of([(10.0, 0.0), (0.0, 0.0)]), 0, 1.0)
    for _ in range(138):
        state = policy.observe(state, 1, 0.0)
    assert state.passed[0] - 10 == pytest.approx(0.5, abs=0.01)


def test_the_window_forgets_the_oldest_pull() -> None:
    policy = SlidingThompson(window=3)
    state = State.of([(0.0, 0.0), (4.0, 1.0)])
    for arm, reward in ((0, 1.0), (0, 0.0), (1, 1.0), (1, 1.0), (1, 0.0)):
        state = policy.observe(state, arm, reward)
    assert state.passed == (0.0, 6.0)
    assert state.failed == (0.0, 2.0)


def test_ucb_tries_what_it_does_not_know() -> None:
    state = State.of([(90.0, 10.0), (0.0, 0.0)])
    assert Ucb1().choose(state, np.random.default_rng(0)) == 1


def test_epsilon_explores_one_time_in_ten() -> None:
    state, rng = State.of([(90.0, 10.0), (10.0, 90.0)]), np.random.default_rng(3)
    chosen = [EpsilonGreedy().choose(state, rng) for _ in range(4000)]
    assert sum(chosen) / 4000 == pytest.approx(0.05, abs=0.015)  # half of the exploration hits the best


@pytest.mark.slow
def test_regret_is_in_the_expected_order_and_band() -> None:
    """T = 2000, five arms; stationary, and with a change in the middle. Bands: 4 standard errors and more."""
    runs = 60
    policies: dict[str, BanditPolicy] = {
        "random": RandomArm(),
        "eps": EpsilonGreedy(),
        "ucb": Ucb1(),
        "ts": Thompson(),
        "dts999": DiscountedThompson(gamma=0.999),
        "dts995": DiscountedThompson(),
        "sw": SlidingThompson(),
    }
    expected = {
        False: {"random": 340, "eps": 52, "ucb": 124, "ts": 27, "dts999": 41, "dts995": 85, "sw": 63},
        True: {"random": 380, "eps": 291, "ucb": 108, "ts": 205, "dts999": 119, "dts995": 102, "sw": 96},
    }
    for change, table in expected.items():
        found = {
            name: float(np.mean([regret(policy, seed, change) for seed in range(runs)]))
            for name, policy in policies.items()
        }
        for name, value in table.items():
            assert found[name] == pytest.approx(value, abs=16 if change else 10), (change, name, found)
        if change:
            assert max(found["sw"], found["dts995"], found["dts999"]) < found["ts"] < found["eps"]
        else:
            assert (
                found["ts"] < found["dts999"] < found["sw"] < found["dts995"] < found["ucb"] < found["random"]
            )


@pytest.mark.slow
def test_a_warm_start_saves_most_of_the_regret() -> None:
    cold = np.mean([regret(Thompson(), seed, False, 500) for seed in range(150)])
    warm = np.mean([regret(Thompson(), seed, False, 500, prior=30) for seed in range(150)])
    assert warm < 0.55 * cold
