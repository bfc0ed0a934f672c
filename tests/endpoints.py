"""Endpoints on the loopback interface that solve the sums of ``TEN_SUMS`` and keep the bill."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from dataclasses import dataclass, field

from tests.loopback import Call, Loopback, answer, stream

IN_USD, OUT_USD = 2.0, 8.0  # a million tokens


@dataclass
class Solver:
    """A play that adds the two numbers of a question; ``down`` answers 503 from the ``dies_after``-th on."""

    dies_after: int | None = None
    pause: float = 0.0
    billed: bool = False
    calls: Counter[str] = field(default_factory=Counter)  # answered questions
    usd: float = 0.0

    async def __call__(self, call: Call, writer: asyncio.StreamWriter) -> None:
        if self.dies_after is not None and self.calls.total() >= self.dies_after:
            await answer(503, {"error": {"message": "out of order"}})(call, writer)
            return
        question = call.body["messages"][-1]["content"]
        self.calls[question] += 1
        numbers = [int(number) for number in re.findall(r"\d+", question)]
        usage = {"prompt_tokens": len(question) // 3, "completion_tokens": 2 + sum(numbers) % 3}
        cost = (usage["prompt_tokens"] * IN_USD + usage["completion_tokens"] * OUT_USD) / 1e6
        self.usd += cost
        extra = {"cost": cost} if self.billed else {}
        await stream(str(sum(numbers)), usage={**usage, **extra}, pause=self.pause)(call, writer)


def entry(name: str, server: Loopback, *, priced: bool = True) -> str:
    """The model in ``models.yaml``."""
    price = f", price: {{input: {IN_USD}, output: {OUT_USD}}}" if priced else ""
    return f"{{id: {name}, engine: openai, provider: {name}, base_url: '{server.url}', model: m{price}}}"
