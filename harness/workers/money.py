"""Money that workers spend together: each draws some of it, a share of what is left at a time.

``RUN/_budget.json`` has the limits, and by worker and account what it has drawn and spent. All that was drawn
is never more than a limit: what a killed worker had drawn counts as spent.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.jsontext import parse
from harness.results.objects import Objects
from harness.runner.budget import Account

FILE = "_budget.json"
_SHARE = 4  # of what is left, a worker draws one part of so many times the workers
_REST_S = 1.0  # after a refusal
_PATIENCE_S = 60.0  # for others to give back what they do not need
_Drawn = dict[str, dict[str, list[float]]]  # by worker and account: drawn, spent


@dataclass(slots=True)
class SharedMoney:
    """The ``Treasury`` of one worker."""

    objects: Objects
    worker: str
    places: int
    patience_s: float = _PATIENCE_S
    _accounts: dict[str, Account] = field(default_factory=dict)
    _drawing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _not_before: float = 0.0
    _over: set[str] = field(default_factory=set)

    async def draw(self, accounts: Mapping[str, Account], usd: float, *, last: bool) -> bool:
        """As in ``Treasury``. With ``last``, what this worker does not need is given back first."""
        async with self._drawing:
            if self._over & accounts.keys() or (not last and time.monotonic() < self._not_before):
                return False
            self._accounts |= accounts
            end = time.monotonic() + self.patience_s
            while True:
                if last:
                    for account in accounts.values():
                        account.limit = account.taken
                needed = {name: one.taken + usd - one.limit for name, one in accounts.items()}
                drawn, possible = await asyncio.to_thread(self._write, needed)
                if drawn is not None:
                    for name, account in accounts.items():
                        account.limit += drawn[name]
                    return True
                if not last:
                    self._not_before = time.monotonic() + _REST_S
                    return False
                if not possible or time.monotonic() > end:
                    self._over |= accounts.keys()
                    return False
                await asyncio.sleep(min(_REST_S, self.patience_s))

    def close(self) -> None:
        """Give back what was not spent."""
        for account in self._accounts.values():
            account.limit = account.taken
        if self._accounts:
            self._write({})

    def _write(self, needed: Mapping[str, float]) -> tuple[dict[str, float] | None, bool]:
        """What was drawn; or nothing, and whether others could still give back enough."""
        while True:  # until nobody was quicker
            limits, drawn, tag = read_money(self.objects)
            mine = {name: [account.limit, account.spent] for name, account in self._accounts.items()}
            drawn[self.worker] = mine
            left = {
                name: limits[name] - sum(of.get(name, (0.0,))[0] for of in drawn.values()) for name in limits
            }
            short = [name for name, usd in needed.items() if left[name] < usd]
            more = {} if short else {name: self._part(usd, left[name]) for name, usd in needed.items()}
            for name, usd in more.items():
                mine[name][0] += usd
            if write_money(self.objects, limits, drawn, tag):
                held = {
                    name: sum(of[name][0] - of[name][1] for of in drawn.values() if name in of)
                    for name in short
                }
                return (None if short else more), all(
                    left[name] + held[name] >= needed[name] for name in short
                )

    def _part(self, usd: float, left: float) -> float:
        """What is drawn where so much is needed: enough for a while, and not all that is left."""
        return min(left, max(usd, left / (_SHARE * self.places)))


def open_money(objects: Objects, limits: Mapping[str, float], spent: Mapping[str, float]) -> None:
    """Say what workers may spend together from now on; all that was drawn before is spent, or more."""
    while True:
        _, drawn, tag = read_money(objects)
        before = {
            name: max(spent.get(name, 0.0), sum(of.get(name, (0.0,))[0] for of in drawn.values()))
            for name in limits
        }
        if write_money(objects, limits, {"before": {name: [usd, usd] for name, usd in before.items()}}, tag):
            return


def read_money(objects: Objects) -> tuple[dict[str, float], _Drawn, str | None]:
    """The limits, what was drawn, and the version of both."""
    stored = objects.get(FILE)
    if stored is None:
        return {}, {}, None
    content: dict[str, Any] = parse(stored.content)
    return content["limits"], content["drawn"], stored.tag


def write_money(objects: Objects, limits: Mapping[str, float], drawn: _Drawn, over: str | None) -> bool:
    """Put it in the place of that version; ``False`` where it is another one by now."""
    content = json.dumps({"limits": limits, "drawn": drawn}).encode()
    return objects.put(FILE, content, over=over) is not None
