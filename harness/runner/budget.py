"""Money is reserved before a request is sent and settled when it has come back.

What is reserved is the most the request can cost; so what is spent never exceeds the
limit, however many requests are on their way at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from harness.models.enginekinds import kind_of
from harness.models.pricing import cost_of
from harness.records import Completion, Failure, ModelSpec, Request

_LEAST_BYTES_A_TOKEN = 2  # no tokenizer is that wasteful on text or code, whatever the script

_CHARGED = frozenset({"timeout", "broken_stream", "moderation"})  # perhaps, though nothing came


RUN = ""  # the account of the whole run; the others are called like their provider


@dataclass(slots=True)
class Account:
    """USD: what may be spent, what was, and what requests that are on their way may cost."""

    limit: float
    spent: float = 0.0
    reserved: float = 0.0

    @property
    def taken(self) -> float:
        """What nobody else can spend."""
        return self.spent + self.reserved


class Treasury(Protocol):
    """Where a process that works with others gets money from, some at a time."""

    async def draw(self, accounts: Mapping[str, Account], usd: float, *, last: bool) -> bool:
        """Raise the limits so that ``usd`` more can be spent from each, if all others leave so much.

        ``last``: nothing else will make it possible, so it may be waited for what others give back.
        """
        ...


class RunBudget:
    """Limits in USD: one for the run, one a provider. Models that run on this machine are not held back."""

    def __init__(
        self, run: float | None, providers: Mapping[str, float], spent: Mapping[str, float] | None = None,
        treasury: Treasury | None = None,
    ) -> None:  # fmt: skip
        """``spent`` is what a resumed run has cost already, by provider."""
        spent = spent or {}
        self._all = {name: Account(limit, spent.get(name, 0.0)) for name, limit in providers.items()}
        if run is not None:
            self._all[RUN] = Account(run, sum(spent.values()))
        self._changed = asyncio.Condition()
        self._treasury = treasury

    async def reserve(self, spec: ModelSpec, request: Request) -> float | Failure:
        """The USD set aside for the request, or why it cannot be sent.

        Waits while other requests hold money that they may not need.
        """
        accounts = self._accounts(spec)
        if not accounts:
            return 0.0
        most = most_usd(spec, request)
        if most is None:
            routes = kind_of(spec.engine).routes
            where = "set a budget in the policy of its file" if routes else "give it one in models.yaml"
            return Failure(
                "price_unknown", f"a budget needs a price, {spec.id} has none; {where}", fatal=True
            )
        while not await self._reserved(accounts, most):
            if not await self._draw(accounts, most, last=True):
                return Failure("budget_spent", "the budget does not allow another request", fatal=True)
        return most

    async def _reserved(self, accounts: Mapping[str, Account], usd: float) -> bool:
        """Set ``usd`` aside, if need be when requests have come back; ``False`` where that is no use."""
        async with self._changed:
            while any(account.taken + usd > account.limit for account in accounts.values()):
                if await self._draw(accounts, usd, last=False):
                    continue
                if any(account.spent + usd > account.limit for account in accounts.values()):
                    return False
                await self._changed.wait()
            for account in accounts.values():
                account.reserved += usd
        return True

    async def _draw(self, accounts: Mapping[str, Account], usd: float, *, last: bool) -> bool:
        return self._treasury is not None and await self._treasury.draw(accounts, usd, last=last)

    async def settle(self, spec: ModelSpec, reserved: float, completion: Completion) -> None:
        """Put what the attempt cost in place of what was reserved; unknown counts as all of it."""
        accounts = self._accounts(spec)
        if not accounts:
            return
        cost = 0.0 if _refused(completion) else cost_of(spec, completion).usd
        async with self._changed:
            for account in accounts.values():
                account.reserved -= reserved
                account.spent += reserved if cost is None else cost
            self._changed.notify_all()

    def _accounts(self, spec: ModelSpec) -> dict[str, Account]:
        if not kind_of(spec.engine).billed:
            return {}
        return {name: self._all[name] for name in (RUN, spec.provider) if name in self._all}


class SampleBudget:
    """The limit of one sample in USD: after its first request none is sent that could exceed it.

    Where no price is known there is no limit.
    """

    def __init__(
        self, spec: ModelSpec, limit: float, ask: Callable[[Request], Awaitable[Completion]]
    ) -> None:
        self._spec, self._limit, self._ask = spec, limit, ask
        self._spent: float | None = None

    async def ask(self, request: Request) -> Completion:
        """The answer, or a failure ``cost_limit``."""
        most = most_usd(self._spec, request) or 0.0
        if self._spent is not None and self._spent + most > self._limit:
            why = f"the sample has cost ${self._spent:.4f}, and another request could exceed ${self._limit:g}"
            return Completion(failure=Failure("cost_limit", why))
        done = await self._ask(request)
        cost = 0.0 if _refused(done) else cost_of(self._spec, done).usd
        self._spent = (self._spent or 0.0) + (most if cost is None else cost) + (done.broken_usd or 0.0)
        return done


def _refused(completion: Completion) -> bool:
    """Whether the endpoint did nothing that it could charge for."""
    failure = completion.failure
    return failure is not None and not completion.output and failure.kind not in _CHARGED


def most_usd(spec: ModelSpec, request: Request) -> float | None:
    """The most a request can cost: every token of the answer used, the prompt in the shortest tokens."""
    worst = Completion(
        prompt_tokens=request.prompt_bytes // _LEAST_BYTES_A_TOKEN + 16 * len(request.messages),
        completion_tokens=request.max_tokens,
    )
    return cost_of(spec, worst).usd
