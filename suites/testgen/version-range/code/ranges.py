"""Versions and what fits them."""

import re

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?")
_CONDITION = re.compile(r"(<=|>=|<|>|=|\^|)(.*)")


def parse(text):
    """A version as (major, minor, patch, pre-release)."""
    match = _VERSION.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no version")
    return (int(match[1]), int(match[2]), int(match[3]), match[4] or "")


def _key(text):
    *numbers, pre = parse(text)
    parts = [
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in pre.split(".")
    ]
    return (*numbers, pre == "", parts)


def compare(a, b):
    """-1, 0 or 1."""
    first, second = _key(a), _key(b)
    return (first > second) - (first < second)


def fits(version, wanted):
    """Whether a version is among those that are wanted."""
    return any(_holds(version, alternative) for alternative in wanted.split("||"))


def _holds(version, alternative):
    conditions = [_CONDITION.fullmatch(text).groups() for text in alternative.split()]
    if not conditions:
        return True
    parsed = parse(version)
    named_versions = [parse(text) for _, text in conditions]
    if parsed[3] and not any(named[:3] == parsed[:3] and named[3] for named in named_versions):
        return False
    return all(_is(version, sign, text) for sign, text in conditions)


def _is(version, sign, text):
    order = compare(version, text)
    if sign == "^":
        return _caret(order, parse(version), parse(text))
    return {
        "": order == 0,
        "=": order == 0,
        "<": order < 0,
        "<=": order <= 0,
        ">": order > 0,
        ">=": order >= 0,
    }[sign]


def _caret(order, version, wanted):
    if order < 0:
        return False
    leftmost = next((at for at in range(3) if wanted[at]), 2)
    return version[: leftmost + 1] == wanted[: leftmost + 1]
