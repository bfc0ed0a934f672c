"""What an allocation is asked: roles, the ways to serve each, and the memory there is; and what it gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Literal


@dataclass(frozen=True, slots=True)
class Option:
    """One way to serve a role. ``bytes`` are those of its ``slots``; ``server`` is ``None`` for elsewhere."""

    role: str
    server: str | None
    value: float
    slots: int = 0
    bytes: float = 0.0


@dataclass(frozen=True, slots=True)
class Problem:
    """``servers`` are the bytes of one instance without contexts.

    ``every`` role must be served: where that cannot be, some are left out greedily. ``in_turns`` lets servers
    share the room of the largest of them: each is loaded when it is called.
    """

    options: Sequence[Option]
    servers: Mapping[str, float]
    capacity: float
    most_slots: int = 4  # of an instance
    most_instances: int = 1  # of a server
    every: bool = False
    in_turns: bool = False
    turn: float = 0.001  # of value: what it costs that a server is loaded when it is called


@dataclass(frozen=True, slots=True)
class Allocation:
    """What serves each role that is served, and how often each server runs; ``turns`` share their room.

    None is worth more by more than ``short``: 0 where it is the best there is.
    """

    options: Mapping[str, Option]
    instances: Mapping[str, int]
    value: float
    bytes: float
    turns: tuple[str, ...] = ()
    by: Literal["milp", "greedy"] = "milp"
    sizes: Mapping[str, float] = field(default_factory=dict)  # bytes of all instances of a server
    short: float = 0.0


def measure(
    problem: Problem, options: Sequence[Option], by: Literal["milp", "greedy"] = "milp"
) -> Allocation | None:
    """What the options make together; ``None`` where they break a bound of the problem."""
    chosen = {option.role: option for option in options}
    slots: dict[str, int] = defaultdict(int)
    contexts: dict[str, float] = defaultdict(float)
    for option in options:
        if option.server is not None:
            slots[option.server] += option.slots
            contexts[option.server] += option.bytes
    instances = {server: max(1, ceil(count / problem.most_slots)) for server, count in slots.items()}
    sizes = {server: problem.servers[server] * n + contexts[server] for server, n in instances.items()}
    taken, turns = memory_of(problem, sizes)
    if (
        len(chosen) < len(options)
        or max(instances.values(), default=0) > problem.most_instances
        or taken > problem.capacity * (1 + 1e-9)
    ):
        return None
    value = sum(option.value for option in options)
    return Allocation(chosen, instances, value, taken, turns, by, sizes)


def worth(problem: Problem, made: Allocation) -> float:
    """Its value less what it costs that servers take turns: what is to be the highest."""
    return made.value - problem.turn * len(made.turns)


def memory_of(problem: Problem, sizes: Mapping[str, float]) -> tuple[float, tuple[str, ...]]:
    """Bytes that servers take together, and those that share the room of the largest, where they may.

    They are as few as will do: the largest, which save most. None is worse than all of them.
    """
    taken, most = sum(sizes.values()), problem.capacity * (1 + 1e-9)
    if not problem.in_turns or taken <= most:
        return taken, ()
    largest = sorted(sizes, key=lambda server: (-sizes[server], server))
    turns = 1
    for server in largest[1:]:
        taken, turns = taken - sizes[server], turns + 1
        if taken <= most:
            break
    return taken, tuple(sorted(largest[:turns])) if turns > 1 else ()
