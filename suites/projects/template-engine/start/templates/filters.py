"""Filters: functions of a value and of arguments."""

from templates.values import UNDEFINED, Safe, as_text, escape


def _of_text(function):
    """A filter for text."""
    return lambda value, *arguments: function(as_text(value), *arguments)


def _default(value, other):
    return other if value is None or value is UNDEFINED else value


def _join(values, separator=""):
    parts = [as_text(value) for value in values]
    if not any(isinstance(part, Safe) for part in [separator, *parts]):
        return separator.join(parts)
    return Safe(escape(separator).join(escape(part) for part in parts))


def _lines(value):
    return Safe(escape(as_text(value)).replace("\n", "<br>\n"))


def _length(value):
    return len(value) if isinstance(value, (str, list, tuple, dict)) else 0


FILTERS = {
    "upper": _of_text(str.upper),
    "lower": _of_text(str.lower),
    "trim": _of_text(str.strip),
    "cut": _of_text(lambda text, size: text if len(text) <= size else text[:size] + "…"),
    "default": _default,
    "escape": lambda value: escape(as_text(value)),
    "safe": lambda value: Safe(as_text(value)),
    "lines": _lines,
    "join": _join,
    "length": _length,
    "sort": sorted,
}
