"""Ranges of versions: ``^1.2``, ``>=1.2, <1.4, !=1.3.1``, ``~1.2 | ==2.0.0-rc.1``, ``*``."""

import re

from resolver.versions import Version, given_numbers, read_version

_TEST = re.compile(r"(\^|~|>=|<=|==|!=|>|<)\s*(\S+)")


class Range:
    """Alternatives, each a list of tests that all hold."""

    def __init__(self, text):
        self.text = text
        self._alternatives = [_read(part.strip()) for part in text.split("|")]

    def __contains__(self, version):
        """Early versions are only in a range that names one of the same numbers."""
        for tests, early in self._alternatives:
            if version.early and version.numbers not in early:
                continue
            if all(_holds(version, sign, bound) for sign, bound in tests):
                return True
        return False

    def __str__(self):
        return self.text

    def __repr__(self):
        return f"Range({self.text!r})"


def _read(text):
    """The tests in one alternative, and the numbers of the early versions that it names."""
    tests, early = [], set()
    if text == "*":
        return tests, early
    for part in text.split(","):
        match = _TEST.fullmatch(part.strip())
        if not match:
            raise ValueError(f"not a range: {text}")
        sign, name = match.groups()
        version = read_version(name)
        if version.early and sign != "!=":
            early.add(version.numbers)
        if sign in "^~":
            tests += [(">=", version), ("<", _end(sign, version, given_numbers(name)))]
        else:
            tests.append((sign, version))
    return tests, early


def _end(sign, version, given):
    """The first version beyond ``^`` or ``~``."""
    numbers = version.numbers[:given]
    if sign == "~":
        place = min(1, given - 1)
    else:
        place = next((place for place, number in enumerate(numbers) if number), given - 1)
    raised = [*numbers[:place], numbers[place] + 1]
    return Version(*raised, *[0] * (3 - len(raised)))


def _holds(version, sign, bound):
    if sign == "==":
        return version == bound
    if sign == "!=":
        return version != bound
    if sign == "<":
        return version < bound
    if sign == "<=":
        return version <= bound
    if sign == ">":
        return version > bound
    return version >= bound
