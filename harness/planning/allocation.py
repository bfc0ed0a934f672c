"""Which server serves which role, within a device's memory: an integer programme, solved exactly.

A role is served by at most one option: slots of a server, or a model elsewhere, which takes no memory.
A server is a model as it is loaded (quantisation, type of its keys and values); it may run several times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf

from harness.planning.annealing import anneal
from harness.planning.problem import Allocation, Option, Problem, measure, worth
from harness.planning.programme import Programme

TIME_LIMIT_S, LARGE_TIME_LIMIT_S = 10, 1.0  # of the search by HiGHS; few options mostly take a tenth
FEW = 200  # options
_TIME_IS_UP = 1  # the status of ``milp``
_TINY, _SAME = 1e-7, 1e-3  # of the memory, and of costs: what is no difference


def allocate(problem: Problem) -> Allocation:
    """The allocation of the highest value; of those the one that takes least memory, then first by name.

    Values that differ by less than a millionth of the largest are equal. The best that was met where the
    search was ended, and by how much it may be ``short`` of the best there is; a greedy one where none was
    met, or ``every`` role cannot be served.
    """
    solved, short = _solve(problem)
    if solved is None:
        return replace(_greedy(problem), short=short)
    return replace(solved, short=short) if short else _first_by_name(problem, solved)


def least_memory(problem: Problem) -> float:
    """Bytes that serving every role takes at least, side by side; exact where no roles share a server.

    It is that of the programme without whole numbers; infinite where a role has no option.
    """
    if not problem.options:
        return 0.0
    worthless = [Option(each.role, each.server, 0.0, each.slots, each.bytes) for each in problem.options]
    smallest = _undominated(worthless, problem.servers)
    model = Programme(replace(problem, every=True, in_turns=False), smallest)
    least = model.fractions(model.memory(), any_memory=True)
    return float(least.fun * model.unit) if least else inf


def _undominated(options: Sequence[Option], servers: Mapping[str, float]) -> list[Option]:
    """The options but for servers that others dominate.

    One dominates another where neither it nor any role takes more bytes there, or is worth less.
    """
    import numpy as np

    offered: dict[str, dict[tuple[str, int, int], Option]] = defaultdict(dict)
    for option in sorted(options, key=lambda option: option.bytes):
        if option.server is not None:
            of_server, rank = offered[option.server], 0
            while (option.role, option.slots, rank) in of_server:
                rank += 1
            of_server[option.role, option.slots, rank] = option
    columns = list(dict.fromkeys(key for of_server in offered.values() for key in of_server))
    costs = {
        server: np.array(
            [servers[server]]
            + [of_server[key].bytes if key in of_server else inf for key in columns]
            + [-of_server[key].value if key in of_server else inf for key in columns]
        )
        for server, of_server in offered.items()
    }
    kept: list[str] = []
    for server in sorted(costs, key=lambda name: (costs[name].tolist(), name)):
        if not any((costs[other] <= costs[server]).all() for other in kept):
            kept.append(server)
    return [option for option in options if option.server is None or option.server in set(kept)]


def _solve(problem: Problem) -> tuple[Allocation | None, float]:
    """The best allocation that was met, if any, and by how much the best there is may be better."""
    options = [
        o for o in problem.options if o.bytes + problem.servers.get(o.server or "", 0) <= problem.capacity
    ]
    if not options:
        return Allocation({}, {}, 0.0, 0.0), 0.0
    if problem.in_turns:  # where a server that grows may cost the room of all others: none is dominated
        return _exactly(problem, options)
    # With any number of instances, one server that dominates another can take over all its roles.
    unbounded = replace(problem, most_instances=sum(option.slots for option in options))
    solved, short = _exactly(unbounded, _undominated(options, problem.servers))
    if solved is None or max(solved.instances.values(), default=0) <= problem.most_instances:
        return solved, short
    return _exactly(problem, options)


def _exactly(problem: Problem, options: Sequence[Option]) -> tuple[Allocation | None, float]:
    """By HiGHS, which is quick with few options; of many, most are ruled out before."""
    model, best, at_least, few = Programme(problem, options), None, -inf, len(options) <= FEW
    if not few:
        best, at_least = _narrowed(model)
        if at_least == inf or (best and model.cost(best) <= at_least + _SAME):
            return best, 0.0
    solution = model.whole_numbers(TIME_LIMIT_S if few else LARGE_TIME_LIMIT_S, presolve=not few)
    if solution.x is not None and (best is None or solution.fun < model.cost(best)):
        best = measure(problem, model.options_of(solution.x > 0.5)) or best
    if solution.status != _TIME_IS_UP:
        return best, 0.0
    if solution.mip_dual_bound is not None:
        at_least = max(at_least, solution.mip_dual_bound)
    return best, max(0.0, model.value(model.cost(best) - at_least)) if best else inf


def _narrowed(model: Programme) -> tuple[Allocation | None, float]:
    """A good allocation, and what the best costs at least; what neither can have is ruled out.

    Fractions say what whole numbers cost at least, the allocation what they cost at most. The bound
    is infinite where nothing is possible.
    """
    if model.problem.every and not model.problem.in_turns:
        least = model.fractions(model.memory(), any_memory=True)
        if least is None or least.fun > 1 + _TINY:
            return None, inf
        model.rule_out(least.fun + least.lower.marginals > 1 + _TINY)
    relaxed = model.fractions(model.costs())
    if relaxed is None:
        return None, inf
    costs = relaxed.fun + relaxed.lower.marginals  # at least, with one of a variable
    best = anneal(model.problem, model.options_of((model.most > 0) & (costs < relaxed.fun + model.near)))
    if best:
        model.rule_out(costs > model.cost(best) + _SAME)
    return best, float(relaxed.fun)


def _greedy(problem: Problem) -> Allocation:
    """The option that adds most fits first, as long as one fits."""
    best = Allocation({}, {}, 0.0, 0.0, by="greedy")
    for option in sorted(problem.options, key=lambda o: (-o.value, o.bytes, o.server or "")):
        if option.role not in best.options and (option.value > 0 or problem.every):
            with_it = measure(problem, [*best.options.values(), option], by="greedy")
            best = with_it or best
    return best


def _first_by_name(problem: Problem, solved: Allocation) -> Allocation:
    """The same value and memory with servers that come first by name: role by role, server by server."""
    best = solved
    like = {(option.role, option.server): option for option in problem.options}
    moves: list[tuple[str, str]] = [("role", role) for role in sorted(solved.options)]
    moves += [("server", server) for server in sorted(solved.instances)]
    for what, name in moves:
        moving = [
            role
            for role, option in best.options.items()
            if name == (role if what == "role" else option.server)
        ]
        for other in sorted(problem.servers):
            now = [best.options[role].server or "" for role in moving]
            if any((role, other) not in like for role in moving) or other >= min(now, default=""):
                continue
            if sum(like[role, other].value - best.options[role].value for role in moving) < -1e-9:
                continue
            rest = [option for role, option in best.options.items() if role not in moving]
            moved = measure(problem, [*rest, *(like[role, other] for role in moving)])
            if (
                moved
                and worth(problem, moved) >= worth(problem, best) - 1e-12
                and moved.bytes <= best.bytes * (1 + 1e-12)
            ):
                best = moved
                break
    return best
