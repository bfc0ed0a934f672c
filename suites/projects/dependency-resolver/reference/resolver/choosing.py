"""The choice of releases.

A search that goes back to the last decision that has to do with a dead end, and remembers which decisions
cannot stand together.
"""


class Conflict(Exception):
    """There is no solution, because of these requirements of the program."""

    def __init__(self, culprits):
        super().__init__("no solution for " + ", ".join(map(str, culprits)))
        self.culprits = culprits


def resolve(index, requirements, lock=None, update=()):
    """Name → version of the solution that is preferred; raises ``Conflict``."""
    pinned = {name: version for name, version in (lock or {}).items() if name not in set(update)}
    solution = _Search(index, requirements, pinned).run()
    if solution is not None:
        return solution
    culprits = list(requirements)
    for requirement in requirements:
        fewer = [other for other in culprits if other is not requirement]
        if _Search(index, fewer, pinned).run() is None:
            culprits = fewer
    raise Conflict(culprits)


class _Decision:
    """A package that is being decided: what is left to try, and the decisions that ruled out the rest."""

    def __init__(self, name, versions, asked_by):
        self.name = name
        self.versions = iter(versions)
        self.blame = {asked_by}
        self.release = None


class _Search:
    """``PROGRAM`` stands for the program among those who require something."""

    PROGRAM = ""

    def __init__(self, index, requirements, pinned):
        self.index = index
        self.pinned = pinned
        self.stack = []
        self.decided = {}
        self.ranges = {}  # name → (who, range) in the order of the decisions
        self.askers = {}  # name → who asks for it
        self.open = set()  # asked for, not decided
        self.learned = {}  # (name, version) → sets of other (name, version) with which it leads nowhere
        self._add(self.PROGRAM, requirements)

    def run(self):
        """The solution, or none."""
        while self.open:
            name = min(self.open)
            self.open.remove(name)
            self.stack.append(_Decision(name, self._preferred(name), self.askers[name][0]))
            while not self._advance(self.stack[-1]):
                if not self._go_back():
                    return None
        return {name: release.version for name, release in sorted(self.decided.items())}

    def _preferred(self, name):
        versions = self.index.versions(name)
        pinned = self.pinned.get(name)
        usable = [v for v in versions if v != pinned and not self.index.release(name, v).withdrawn]
        return [pinned, *usable] if pinned in versions else usable

    def _advance(self, decision):
        """Take the next release that fits with what is decided."""
        for version in decision.versions:
            release = self.index.release(decision.name, version)
            hindrance = self._hindrance(release)
            if not hindrance:
                decision.release = release
                self.decided[decision.name] = release
                self._add(decision.name, release.requirements)
                return True
            decision.blame |= hindrance
        return False

    def _hindrance(self, release):
        """Who rules a release out together; empty if it fits."""
        for who, allowed in self.ranges.get(release.name, ()):
            if release.version not in allowed:
                return {who}
        for requirement in release.requirements:
            other = release if requirement.name == release.name else self.decided.get(requirement.name)
            if other is not None and other.version not in requirement.range:
                return {other.name}
        for others in self.learned.get((release.name, release.version), ()):
            if all(name in self.decided and self.decided[name].version == version for name, version in others):
                return {self.PROGRAM, *(name for name, _ in others)}
        return set()

    def _go_back(self):
        """Undo everything up to the last decision that has to do with the dead end."""
        dead_end = self.stack.pop()
        self.open.add(dead_end.name)
        blame = dead_end.blame - {dead_end.name}
        while self.stack:
            decision = self.stack[-1]
            self._remove(decision)
            if decision.name in blame:
                self._learn(decision.release, blame)
                decision.blame |= blame
                return True
            self.stack.pop()
            self.open.add(decision.name)
        return False

    def _learn(self, release, blame):
        others = {(name, self.decided[name].version) for name in blame if name in self.decided}
        self.learned.setdefault((release.name, release.version), []).append(others)

    def _add(self, who, requirements):
        for requirement in requirements:
            name = requirement.name
            self.ranges.setdefault(name, []).append((who, requirement.range))
            if not requirement.optional:
                self.askers.setdefault(name, []).append(who)
                if name not in self.decided:
                    self.open.add(name)

    def _remove(self, decision):
        del self.decided[decision.name]
        for requirement in decision.release.requirements:
            self.ranges[requirement.name].pop()
            if not requirement.optional:
                self.askers[requirement.name].pop()
                if not self.askers[requirement.name]:
                    self.open.discard(requirement.name)
