"""Which server serves which role, within a device's memory: an integer programme, solved exactly.

A role is served by at most one option: slots of a server, or a model elsewhere, which takes no memory.
A server is a model as it is loaded (quantisation, type of its keys and values); it may run several times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf

from harness.planning.branching import Search
from harness.planning.problem import Allocation, Option, Problem, measure
from harness.planning.programme import Programme

FEW = 200  # options
TIME_LIMIT_S = 10  # of one solution by HiGHS
_TIME_IS_UP = 1  # the status of ``milp``


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
    from scipy.optimize import linprog

    if not problem.options:
        return 0.0
    worthless = [replace(option, value=0.0) for option in problem.options]
    smallest = _undominated(worthless, problem.servers, 1)
    model = Programme(replace(problem, every=True, in_turns=False), smallest)
    rows, low, high = model.constraints(linked=True)
    costs = [option.bytes / model.unit for option in model.options]
    costs += [problem.servers[server] / model.unit for server in model.servers]
    roles = [i for i, least in enumerate(low) if least == 1]
    rest = [i for i, least in enumerate(low) if least != 1][:-1]  # but for the memory itself
    solution = linprog(
        costs, A_ub=rows[rest], b_ub=[high[i] for i in rest], A_eq=rows[roles], b_eq=[1.0] * len(roles)
    )
    return float(solution.fun * model.unit) if solution.status == 0 else inf


def _undominated(options: Sequence[Option], servers: Mapping[str, float], enough: int) -> list[Option]:
    """The options but for servers that ``enough`` of those kept dominate.

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
        if sum(bool((costs[other] <= costs[server]).all()) for other in kept) < enough:
            kept.append(server)
    return [option for option in options if option.server is None or option.server in set(kept)]


def _enough(problem: Problem) -> int:
    """How many servers must dominate one, so that its roles always find instances left on one of them.

    Where it has ``n`` instances, one without room for them has more than the most less ``n``. All but the
    last of a server's are full, the last has a slot in use, and roles use no more slots than they ask for.
    """
    slots: dict[str, int] = defaultdict(int)
    for option in problem.options:
        slots[option.role] = max(slots[option.role], option.slots)
    total, size, most = sum(slots.values()), problem.most_slots, problem.most_instances
    return 1 + max(max(0, total - size * (n - 1) - 1) // (size * (most - n) + 1) for n in range(1, most + 1))


def _solve(problem: Problem) -> tuple[Allocation | None, float]:
    """The best allocation that was met, if any, and by how much the best there is may be better."""
    options = [
        o for o in problem.options if o.bytes + problem.servers.get(o.server or "", 0) <= problem.capacity
    ]
    if not options:
        return Allocation({}, {}, 0.0, 0.0), 0.0
    if problem.in_turns:  # where a server that grows may cost the room of all others: none is dominated
        return _by_highs(problem, options)
    # With any number of instances, one server that dominates another can take over all its roles.
    unbounded = replace(problem, most_instances=sum(option.slots for option in options))
    solved, short = _side_by_side(unbounded, _undominated(options, problem.servers, 1))
    if solved is None or max(solved.instances.values(), default=0) <= problem.most_instances:
        return solved, short
    return _side_by_side(problem, _undominated(options, problem.servers, _enough(problem)))


def _side_by_side(problem: Problem, options: Sequence[Option]) -> tuple[Allocation | None, float]:
    """The rounded solution is measured again, since it may lie outside of the bounds by a little."""
    if len(options) <= FEW:
        return _by_highs(problem, options)
    model = Programme(problem, options)
    solution = Search(model).run()
    if solution.x is None:
        return None, 0.0 if solution.settled else inf
    chosen = [option for option, x in zip(options, solution.x, strict=False) if x > 0.5]
    return measure(problem, chosen), 0.0 if solution.settled else model.value(solution.cost - solution.least)


def _by_highs(problem: Problem, options: Sequence[Option]) -> tuple[Allocation | None, float]:
    """By HiGHS alone, which is quick enough with few options."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    model = Programme(problem, options)
    rows, low, high = model.constraints()
    # HiGHS's presolve takes longer here than it saves.
    solution = milp(
        model.costs(),
        constraints=LinearConstraint(rows, low, high),
        bounds=Bounds(*model.bounds()),
        integrality=model.integrality(),
        options={"mip_rel_gap": 0, "time_limit": TIME_LIMIT_S, "presolve": False},
    )
    ended = solution.status == _TIME_IS_UP
    if solution.x is None:
        return None, inf if ended else 0.0
    chosen = [option for option, x in zip(options, solution.x, strict=False) if x > 0.5]
    swapped = solution.x[model.swap : model.swap + len(model.servers)] if problem.in_turns else ()
    turns = [server for server, x in zip(model.servers, swapped, strict=False) if x > 0.5]
    short = model.value(solution.fun - solution.mip_dual_bound) if ended else 0.0
    return measure(problem, chosen, turns), short


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
            moved = measure(problem, [*rest, *(like[role, other] for role in moving)], best.turns)
            if moved and moved.value >= best.value - 1e-12 and moved.bytes <= best.bytes * (1 + 1e-12):
                best = moved
                break
    return best
