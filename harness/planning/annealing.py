"""A good allocation within a moment: roles are moved at random, ever less often to the worse.

Simulated annealing proves nothing; what it meets lets most of the exact programme be left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp, inf
from random import Random
from typing import Any

from harness.planning.problem import Allocation, Option, Problem, measure, memory_of, worth

_STARTS, _STEPS = 3, 12_000
_HEAT, _OVERFLOW = 0.02, 8.0  # at the start, and of as much memory again as there is: shares of all values
_SINGLE, _WHOLE_SERVER, _EXCHANGE = 0.65, 0.4, 0.7  # moves of one role; of the others up to these shares


def anneal(problem: Problem, options: Sequence[Option]) -> Allocation | None:
    """The best allocation that was met; ``None`` where none found room. Equal input gives equal output."""
    rng = Random(0)
    met = [_Annealing(problem, options, rng).run() for _ in range(_STARTS if options else 0)]
    return max(filter(None, met), key=lambda made: (worth(problem, made), -made.bytes), default=None)


class _Annealing:
    """Who serves whom now, and of each server in use its slots, its contexts' bytes and all its bytes."""

    def __init__(self, problem: Problem, options: Sequence[Option], rng: Random) -> None:
        self.problem, self.random = problem, rng.random
        self.ways: dict[str, list[Option]] = defaultdict(list)
        self.on: dict[str, dict[str, Option]] = defaultdict(dict)  # for each role the way that takes least
        for option in sorted(options, key=lambda option: option.bytes):
            self.ways[option.role].append(option)
            if option.server is not None:
                self.on[option.server].setdefault(option.role, option)
        for role in () if problem.every else self.ways:
            self.ways[role].append(Option(role, None, 0.0))
        self.roles, self.servers = [*self.ways], [*self.on]
        self.scale = sum(max(abs(way.value) for way in ways) for ways in self.ways.values()) or 1.0
        self.now: dict[str, Option] = {}
        self.value = 0.0
        self.slots: dict[str, int] = defaultdict(int)
        self.contexts: dict[str, float] = defaultdict(float)
        self.sizes: dict[str, float] = {}

    def run(self) -> Allocation | None:
        """From what takes least memory to the best that is met on the way."""
        cost, best, least, problem, random, roles = inf, None, inf, self.problem, self.random, self.roles
        moves: Mapping[str, Option] = {role: min(ways, key=self._share) for role, ways in self.ways.items()}
        for step in range(_STEPS):
            if moves:
                gain, changes = self._changes(moves)
                sizes = self._sizes(changes)
                share, turns = sum(sizes.values()) / problem.capacity, 0.0
                if share > 1 and problem.in_turns:
                    taken, turning = memory_of(problem, sizes)
                    share, turns = taken / problem.capacity, problem.turn * len(turning)
                over = share - 1 if share > 1 else 0.0
                new = turns - self.value - gain + self.scale * (_OVERFLOW * over + 1e-6 * share)
                heat = _HEAT * self.scale * (1 - step / _STEPS) ** 2
                if new <= cost or random() < exp((cost - new) / heat):
                    self._make(moves, changes)
                    self.sizes, self.value, cost = sizes, self.value + gain, new
                    if share <= 1 and cost < least:
                        best, least = [*self.now.values()], cost
            if random() < _SINGLE:  # one role goes elsewhere
                role = roles[int(random() * len(roles))]
                ways = self.ways[role]
                moves = {role: ways[int(random() * len(ways))]}
            else:
                moves = self._moves()
        return (
            measure(problem, [option for option in best if option.server or option.value]) if best else None
        )

    def _moves(self) -> Mapping[str, Option]:
        """Several moves to be tried together; none where a draw makes no sense."""
        if not self.servers:
            return {}
        draw, role, server = self.random(), self._any(self.roles), self._any(self.servers)
        mine, there = self.now[role].server, self.on[server]
        if draw < _WHOLE_SERVER:  # all that its server serves go to another
            return {other: way for other, way in there.items() if self.now[other].server == mine}
        if draw >= _EXCHANGE:
            return self._filling(server)
        other = self._any(self.roles)
        theirs = self.now[other].server
        if mine and theirs and role in self.on[theirs] and other in self.on[mine]:
            return {role: self.on[theirs][role], other: self.on[mine][other]}
        return {}

    def _filling(self, server: str) -> Mapping[str, Option]:
        """Those that gain most for each slot go to a server, as long as an instance has slots."""
        price = 0.2 * _OVERFLOW * self.scale * self.random() / self.problem.capacity
        gains = []
        for role, way in self.on[server].items():
            now = self.now[role]
            if now.server != server:
                gain = way.value - now.value + price * (self._share(now) - way.bytes)
                if gain > 0:
                    gains.append((gain / (way.slots or 1), role))
        room, moves = self.problem.most_slots - self.slots[server] % self.problem.most_slots, {}
        for _, role in sorted(gains, reverse=True):
            way = self.on[server][role]
            if way.slots <= room:
                moves[role], room = way, room - way.slots
        return moves

    def _changes(self, moves: Mapping[str, Option]) -> tuple[float, dict[str, tuple[int, float]]]:
        """What moves gain, and the slots and bytes of contexts that servers have more after them."""
        gain, changes = 0.0, dict[str, tuple[int, float]]()
        for role, way in moves.items():
            gain += way.value
            if (server := way.server) is not None:
                slots, contexts = changes.get(server, (0, 0.0))
                changes[server] = slots + way.slots, contexts + way.bytes
            if (now := self.now.get(role)) is not None:
                gain -= now.value
                if (server := now.server) is not None:
                    slots, contexts = changes.get(server, (0, 0.0))
                    changes[server] = slots - now.slots, contexts - now.bytes
        return gain, changes

    def _sizes(self, changes: Mapping[str, tuple[int, float]]) -> dict[str, float]:
        """Of the servers in use after changes; an instance too many takes all the memory."""
        sizes, problem = dict(self.sizes), self.problem
        for server, (slots, contexts) in changes.items():
            instances = -(-(self.slots[server] + slots) // problem.most_slots)
            if instances:
                too_many = max(0, instances - problem.most_instances) * problem.capacity
                fixed = problem.servers[server] * instances + too_many
                sizes[server] = fixed + self.contexts[server] + contexts
            else:
                sizes.pop(server, None)
        return sizes

    def _make(self, moves: Mapping[str, Option], changes: Mapping[str, tuple[int, float]]) -> None:
        self.now.update(moves)
        for server, (slots, contexts) in changes.items():
            self.slots[server] += slots
            self.contexts[server] = self.contexts[server] + contexts if self.slots[server] else 0.0

    def _share(self, option: Option) -> float:
        """Bytes of an option with its part of a full server."""
        fixed = self.problem.servers[option.server] if option.server else 0.0
        return option.bytes + fixed * option.slots / self.problem.most_slots

    def _any(self, among: Sequence[Any]) -> Any:
        return among[int(self.random() * len(among))]
