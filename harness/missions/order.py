"""In which order models take their turns, so that as few as possible are loaded.

What a model needs stands in ``Memory``: of a few slots each model takes one, of gigabytes its own. The order
inside of phases is exact: a dynamic programme over what is done of a phase and what is in memory, phase after
phase. What leaves memory is what is needed again the latest (Belady), in the forecast as in the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import combinations

_MOST = (
    500  # states a step (8 models a phase have fewer); of more the cheapest go on: the order is a good one
)

Held = frozenset[str]
State = tuple[Held, Held]  # what is done of the phase, and what is in memory
Cost = tuple[
    int, float, tuple[int, ...]
]  # loads, seconds of loading, and the order as it is listed: for ties
Queue = tuple[tuple[str, ...], Cost]
Kind = tuple[float, float, tuple[bool, ...]]  # size, seconds, later phases: names alike can change places


@dataclass(frozen=True, slots=True)
class Memory:
    """What is in memory at once: ``residents`` always, of the others as many as find ``room`` beside them.

    Names without a size (models of other machines) take no room and are never loaded; ``seconds`` are those
    of loading, as far as they are known.
    """

    room: float
    sizes: Mapping[str, float]
    residents: Held = frozenset()
    seconds: Mapping[str, float] = field(default_factory=dict)

    def is_loaded(self, name: str, held: Held) -> bool:
        """Whether a name can be used at once."""
        return name in held or name in self.residents or name not in self.sizes

    def fits(self, held: Held, name: str) -> bool:
        """Whether a name finds room beside others."""
        return sum(self.sizes[one] for one in held) + self.sizes[name] <= self.room + 1e-9


@dataclass(frozen=True, slots=True)
class Turn:
    """One name's turn: whether it is loaded for it, and what leaves memory for that."""

    name: str
    loaded: bool
    evicted: tuple[str, ...] = ()


def turns(sequence: Sequence[str], memory: Memory) -> list[Turn]:
    """What is loaded in a sequence. Residents are loaded at their first turn, and stay."""
    held: Held = frozenset()
    seen: set[str] = set()
    taken = []
    for at, name in enumerate(sequence):
        if name in memory.residents:
            taken.append(Turn(name, name not in seen))
        elif memory.is_loaded(name, held):
            taken.append(Turn(name, loaded=False))
        else:
            leaving = evicted(held, name, sequence[at + 1 :], memory)
            held = held.difference(leaving) | {name}
            taken.append(Turn(name, True, leaving))
        seen.add(name)
    return taken


def loads(sequence: Sequence[str], memory: Memory) -> int:
    """How many loads a sequence takes."""
    return sum(turn.loaded for turn in turns(sequence, memory))


def evicted(held: Held, name: str, upcoming: Sequence[str], memory: Memory) -> tuple[str, ...]:
    """What must leave for ``name``: first what is needed again the latest, or never."""
    leaving: list[str] = []
    staying = sorted(held, key=lambda one: (-_next_use(one, upcoming), one))
    while staying and not memory.fits(frozenset(staying), name):
        leaving.append(staying.pop(0))
    return tuple(leaving)


def _next_use(name: str, upcoming: Sequence[str]) -> int:
    return upcoming.index(name) if name in upcoming else len(upcoming)


def best_order(phases: Sequence[Sequence[str]], memory: Memory) -> list[list[int]]:
    """The order of each phase that takes the fewest loads in all: indices of its missions.

    ``phases`` name what each mission needs. What needs the same name follows one another, as it is listed.
    """
    queues = _cheapest(phases, memory)
    return [_in_turn(phase, queue) for phase, queue in zip(phases, queues, strict=True)]


def _in_turn(phase: Sequence[str], queue: Sequence[str]) -> list[int]:
    """First what is never loaded, then one name of the queue after the other."""
    place = {name: number for number, name in enumerate(queue)}
    return sorted(range(len(phase)), key=lambda at: place.get(phase[at], -1))


def _cheapest(phases: Sequence[Sequence[str]], memory: Memory) -> list[tuple[str, ...]]:
    """For each phase the order of the names that are to be loaded in it."""
    needed = [
        tuple(name for name in dict.fromkeys(phase) if name in memory.sizes and name not in memory.residents)
        for phase in phases
    ]
    states: dict[Held, Queue] = {frozenset(): ((), (0, 0.0, ()))}
    for number, names in enumerate(needed):
        later = needed[number + 1 :]
        kinds = {
            name: (memory.sizes[name], memory.seconds.get(name, 0.0), tuple(name in phase for phase in later))
            for phase in needed
            for name in phase
        }
        steps: dict[State, Queue] = {(frozenset(), held): queue for held, queue in states.items()}
        for _ in names:
            steps = _step(steps, names, kinds, memory)
        states = {}
        for (_, held), queue in steps.items():
            if held not in states or queue[1] < states[held][1]:
                states[held] = queue
    order, _ = min(states.values(), key=lambda queue: queue[1])
    names_in_turn = iter(order)
    return [tuple(next(names_in_turn) for _ in names) for names in needed]


def _step(
    steps: Mapping[State, Queue], names: Sequence[str], kinds: Mapping[str, Kind], memory: Memory
) -> dict[State, Queue]:
    """Every state one name further on, each with its cheapest queue."""
    reached: dict[State, Queue] = {}
    for (done, held), (order, (count, seconds, listed)) in steps.items():
        for name in _next_names(done, held, names, kinds):
            loaded = name not in held
            load_s = memory.seconds.get(name, 0.0) if loaded else 0.0
            cost = count + loaded, seconds + load_s, (*listed, names.index(name))
            now_done = done | {name}
            for kept in _kept(held, name, kinds, memory) if loaded else [held]:
                state = now_done, _useful(kept | {name}, now_done, names, kinds)
                if state not in reached or cost < reached[state][1]:
                    reached[state] = (*order, name), cost
    if len(reached) <= _MOST:
        return reached
    return dict(nsmallest(_MOST, reached.items(), key=lambda item: item[1][1]))


def _useful(held: Held, done: Held, names: Sequence[str], kinds: Mapping[str, Kind]) -> Held:
    """What is needed again; the rest may leave at no cost."""
    return frozenset(each for each in held if any(kinds[each][2]) or (each in names and each not in done))


def _next_names(done: Held, held: Held, names: Sequence[str], kinds: Mapping[str, Kind]) -> Iterable[str]:
    """Which name may come next: one in memory, at no cost, or else the first listed of each kind."""
    waiting = [name for name in names if name not in done]
    there = [name for name in waiting if name in held]
    return there[:1] or {kinds[name]: name for name in reversed(waiting)}.values()


def _kept(held: Held, name: str, kinds: Mapping[str, Kind], memory: Memory) -> Iterable[Held]:
    """What can stay when ``name`` is loaded: everything, or the largest parts that fit, one of a kind."""
    if memory.fits(held, name):
        return [held]
    fitting: dict[tuple[Kind, ...], Held] = {}
    for size in range(len(held) - 1, -1, -1):
        for part in map(frozenset, combinations(sorted(held), size)):
            if memory.fits(part, name) and not any(part < larger for larger in fitting.values()):
                fitting.setdefault(tuple(sorted(kinds[each] for each in part)), part)
    return fitting.values() or [frozenset()]
