"""What to do with a solution."""

from heapq import heapify, heappop, heappush


def order(index, solution):
    """Groups of names, in the order in which they can be installed."""
    needs = {name: _names(index, solution, name, optional=True) for name in solution}
    group_of = _groups(needs)
    waiting = {first: set() for first in group_of.values()}
    members = {first: [] for first in waiting}
    for name in sorted(needs):
        members[group_of[name]].append(name)
        waiting[group_of[name]].update(group_of[other] for other in needs[name])
    dependents = {first: [] for first in waiting}
    for first, others in waiting.items():
        others.discard(first)
        for other in others:
            dependents[other].append(first)

    ready = [first for first, others in waiting.items() if not others]
    heapify(ready)
    result = []
    while ready:
        first = heappop(ready)
        result.append(members[first])
        for other in dependents[first]:
            waiting[other].discard(first)
            if not waiting[other]:
                heappush(ready, other)
    return result


def why(index, requirements, solution, name):
    """The shortest chain of names from the program's requirements to a package."""
    if name not in solution:
        raise KeyError(name)
    level = sorted({requirement.name for requirement in requirements if not requirement.optional})
    before = dict.fromkeys(level)
    while name not in before:
        following = []
        for asker in level:
            for other in _names(index, solution, asker, optional=False):
                if other not in before:
                    before[other] = asker
                    following.append(other)
        level = following
    chain = [name]
    while before[chain[-1]] is not None:
        chain.append(before[chain[-1]])
    return chain[::-1]


def _names(index, solution, name, optional):
    """The packages of a solution that one of them requires."""
    requirements = index.release(name, solution[name]).requirements
    return sorted({r.name for r in requirements if r.name in solution and (optional or not r.optional)})


def _groups(needs):
    """Name → the first name of the group of those that require one another (Kosaraju)."""
    dependents = {name: [] for name in needs}
    for name, others in needs.items():
        for other in others:
            dependents[other].append(name)
    finished = []
    _walk(sorted(needs), needs, finished.append)
    group_of = {}
    seen = set()
    for root in reversed(finished):
        group = []
        _walk([root], dependents, group.append, seen)
        for name in group:
            group_of[name] = min(group)
    return group_of


def _walk(roots, edges, leave, seen=None):
    """Go depth first; ``leave`` gets a name when all behind it is done."""
    seen = set() if seen is None else seen
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(edges[root]))]
        while stack:
            name, others = stack[-1]
            for other in others:
                if other not in seen:
                    seen.add(other)
                    stack.append((other, iter(edges[other])))
                    break
            else:
                stack.pop()
                leave(name)
