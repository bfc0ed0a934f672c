"""Exclusive use of a name for a minute at a time, by the clock of whoever keeps the files.

A lease only saves work: two workers that believe to hold the same one do the same work twice, no more.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from harness.jsontext import parse
from harness.results.objects import Objects, Stored

LEASE_S = 60.0  # from its last renewal
RENEW_S = 20.0
_MARGIN_S = 5.0  # before the end: a sample that is begun then may not be over in time
Ended = Literal["free", "done"]


@dataclass(frozen=True, slots=True)
class Lease:
    """What this worker holds: ``until`` is by its own clock, the others are as in the file."""

    name: str
    attempt: int
    tag: str
    until: float


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a name cannot be had: somebody has it (until then, by the keeper's clock), or it is ``done``."""

    until: float
    done: bool = False


class Leases:
    """The leases of one worker."""

    def __init__(self, objects: Objects, worker: str, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` gives seconds of this machine; they need not be those of any other."""
        self.worker = worker
        self._objects, self._clock = objects, clock
        self._ahead: float | None = None  # the keeper's clock less ours, or somewhat less than that

    def take(self, name: str, facts: Mapping[str, Any] | None = None) -> Lease | Refused:
        """Lease a name; one whose last lease is over is taken over. ``facts`` are for others to read."""
        lease = self._put(name, 1, None, facts)
        if lease is not None:
            return lease
        stored = self._objects.get(name)
        if stored is None:  # deleted this moment
            return Refused(0.0)
        holder = _holder(stored)
        if holder["state"] == "done":
            return Refused(0.0, done=True)
        mine = holder["worker"] == self.worker  # written, though the connection broke
        if not mine and holder["state"] == "held" and stored.modified + LEASE_S > self.now():
            return Refused(stored.modified + LEASE_S)
        taken = self._put(name, holder["attempt"] + (not mine), stored.tag, facts)
        return taken or Refused(self.now() + LEASE_S)

    def renew(self, lease: Lease, facts: Mapping[str, Any] | None = None) -> Lease | None:
        """The lease for another minute; ``None`` where another worker has taken it over."""
        renewed = self._put(lease.name, lease.attempt, lease.tag, facts)
        if renewed is not None:
            return renewed
        stored = self._objects.get(lease.name)
        if stored is None:
            return None
        holder = _holder(stored)
        same = (holder["worker"], holder["attempt"]) == (self.worker, lease.attempt)
        return self._put(lease.name, lease.attempt, stored.tag, facts) if same else None

    def end(self, lease: Lease, state: Ended) -> None:
        """Let go of a name: for others to take, or as done for good. Nothing, where another worker has it."""
        if self._objects.put(lease.name, self._content(lease.attempt, state), over=lease.tag) and (
            state == "free"
        ):
            self._objects.delete(lease.name)  # a listing tells the age of leases, and not their state

    def holds(self, lease: Lease) -> bool:
        """Whether the minute is not over."""
        return self._clock() < lease.until

    def now(self) -> float:
        """The keeper's time, or somewhat earlier: no lease is taken for over too soon."""
        if self._ahead is None:
            self._compare_clocks()
        assert self._ahead is not None
        return self._clock() + self._ahead

    def _compare_clocks(self) -> None:
        """Ask for the time by writing a file: whoever keeps it says when that was."""
        name = f"_clocks/{self.worker}"
        stored = self._objects.get(name)
        if self._objects.put(name, b"", over=stored.tag if stored else None) is None:
            raise AssertionError(f"two workers have the name {self.worker}")
        after = self._clock()
        made = self._objects.get(name)
        self._objects.delete(name)
        assert made is not None
        self._ahead = made.modified - after

    def _put(
        self, name: str, attempt: int, over: str | None, facts: Mapping[str, Any] | None
    ) -> Lease | None:
        until = self._clock() + LEASE_S - _MARGIN_S
        tag = self._objects.put(name, self._content(attempt, "held", facts), over=over)
        return Lease(name, attempt, tag, until) if tag else None

    def _content(self, attempt: int, state: str, facts: Mapping[str, Any] | None = None) -> bytes:
        return json.dumps(
            {"worker": self.worker, "attempt": attempt, "state": state, **(facts or {})}
        ).encode()


def _holder(stored: Stored) -> dict[str, Any]:
    """Who holds it. What is no lease is one that is over."""
    try:
        holder = parse(stored.content)
        return {"worker": str(holder["worker"]), "attempt": int(holder["attempt"]), "state": holder["state"]}
    except (ValueError, TypeError, KeyError):
        return {"worker": "", "attempt": 0, "state": "free"}
