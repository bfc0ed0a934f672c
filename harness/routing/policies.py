"""Which of several models to try next, knowing how often each succeeded: bandit policies, pure and seeded.

A state goes in and an arm or a new state comes out. Rewards are 0..1. Thompson sampling: Thompson 1933;
UCB1: Auer, Cesa-Bianchi and Fischer 2002; forgetting by discount or window: Raj and Kalyani 2017, Trovò 2020.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from numpy.random import Generator

Counts = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Successes and failures of each arm. The prior ones come from the tournament and are never forgotten."""

    prior_passed: Counts
    prior_failed: Counts
    passed: Counts
    failed: Counts
    recent: tuple[tuple[int, float], ...] = field(default=(), repr=False)  # arm and reward, newest last

    @classmethod
    def of(cls, counts: Sequence[tuple[float, float]]) -> State:
        """A state that knows (passed, failed) of each arm."""
        passed, failed = tuple(p for p, _ in counts), tuple(f for _, f in counts)
        return cls(passed, failed, passed, failed)

    def corrected(self, arm: int, before: float, after: float) -> State:
        """The same where a reward that was counted as ``before`` is ``after``."""
        recent = list(self.recent)
        if recent:
            if (arm, before) not in recent:  # it left the window
                return self
            recent[len(recent) - 1 - recent[::-1].index((arm, before))] = (arm, after)
        passed, failed = list(self.passed), list(self.failed)
        passed[arm] = max(0.0, passed[arm] + after - before)
        failed[arm] = max(0.0, failed[arm] + before - after)
        return replace(self, passed=tuple(passed), failed=tuple(failed), recent=tuple(recent))

    def continued(self, earlier: State, places: Sequence[int | None]) -> State:
        """The same arms with what ``earlier`` knows of them, by their places there (``None``: no place)."""

        def counts(new: Counts, old: Counts) -> Counts:
            return tuple(n if place is None else old[place] for n, place in zip(new, places, strict=True))

        return State(
            prior_passed=counts(self.prior_passed, earlier.prior_passed),
            prior_failed=counts(self.prior_failed, earlier.prior_failed),
            passed=counts(self.passed, earlier.passed),
            failed=counts(self.failed, earlier.failed),
            recent=tuple((places.index(arm), reward) for arm, reward in earlier.recent if arm in places),
        )

    def only(self, arms: Sequence[int]) -> State:
        """The same for some of the arms, to choose among them."""
        passed, failed = tuple(self.passed[i] for i in arms), tuple(self.failed[i] for i in arms)
        return State((), (), passed, failed)


class BanditPolicy(Protocol):
    """How to choose, and what to remember."""

    def choose(self, state: State, rng: Generator) -> int:
        """The arm to pull; there is at least one."""
        ...

    def observe(self, state: State, arm: int, reward: float) -> State:
        """The state after a pull."""
        ...


@dataclass(frozen=True, slots=True)
class BestKnown:
    """Always the arm with the best record; the first of equals."""

    def choose(self, state: State, rng: Generator) -> int:
        """The highest success rate; an arm without a record counts as one half."""
        rates = [(p + 1) / (p + f + 2) for p, f in zip(state.passed, state.failed, strict=True)]
        return rates.index(max(rates))

    def observe(self, state: State, arm: int, reward: float) -> State:
        """Count it."""
        return _counted(state, arm, reward)


@dataclass(frozen=True, slots=True)
class EpsilonGreedy(BestKnown):
    """The best known arm, and any arm in one of ten pulls."""

    epsilon: float = 0.1

    def choose(self, state: State, rng: Generator) -> int:
        """Explore or exploit."""
        if rng.random() < self.epsilon:
            return int(rng.integers(len(state.passed)))
        return BestKnown.choose(self, state, rng)


@dataclass(frozen=True, slots=True)
class Ucb1(BestKnown):
    """The arm that could be the best, given how little is known of it."""

    def choose(self, state: State, rng: Generator) -> int:
        """The highest upper bound; arms without a record first."""
        pulls = [p + f for p, f in zip(state.passed, state.failed, strict=True)]
        if min(pulls) <= 0:
            return pulls.index(min(pulls))
        log = 2 * math.log(sum(pulls))
        bounds = [p / n + math.sqrt(log / n) for p, n in zip(state.passed, pulls, strict=True)]
        return bounds.index(max(bounds))


@dataclass(frozen=True, slots=True)
class Thompson(BestKnown):
    """Each arm as often as it is likely to be the best."""

    def choose(self, state: State, rng: Generator) -> int:
        """The highest draw from the arms' Beta posteriors."""
        import numpy as np

        return int(rng.beta(np.add(state.passed, 1.0), np.add(state.failed, 1.0)).argmax())


@dataclass(frozen=True, slots=True)
class DiscountedThompson(Thompson):
    """Thompson sampling that forgets: an observation counts half after 138 pulls (γ = 0.995)."""

    gamma: float = 0.995

    def observe(self, state: State, arm: int, reward: float) -> State:
        """Discount everything but the prior, then count."""
        decayed = replace(
            state,
            passed=self._decayed(state.passed, state.prior_passed),
            failed=self._decayed(state.failed, state.prior_failed),
        )
        return _counted(decayed, arm, reward)

    def _decayed(self, counts: Counts, prior: Counts) -> Counts:
        return tuple(p + self.gamma * (c - p) for c, p in zip(counts, prior, strict=True))


@dataclass(frozen=True, slots=True)
class SlidingThompson(Thompson):
    """Thompson sampling that knows the last pulls only."""

    window: int = 400

    def observe(self, state: State, arm: int, reward: float) -> State:
        """Count it, and take away the pull that leaves the window."""
        recent = (*state.recent, (arm, reward))
        if len(recent) > self.window:
            gone, old = recent[0]
            state, recent = _counted(state, gone, old, -1.0), recent[1:]
        return replace(_counted(state, arm, reward), recent=recent)


POLICIES: dict[str, type[BestKnown]] = {
    "best-known": BestKnown,
    "epsilon-greedy": EpsilonGreedy,
    "ucb1": Ucb1,
    "thompson": Thompson,
    "discounted-thompson": DiscountedThompson,
    "sliding-thompson": SlidingThompson,
}


def _counted(state: State, arm: int, reward: float, times: float = 1.0) -> State:
    passed, failed = list(state.passed), list(state.failed)
    passed[arm] += reward * times
    failed[arm] += (1.0 - reward) * times
    return replace(state, passed=tuple(passed), failed=tuple(failed))
