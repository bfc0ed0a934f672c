"""What formulas come to."""

import operator

from sheets.formula import Error

VALUE = Error("#VALUE!")
DIVISION = Error("#DIV/0!")
COMPARISONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
GIVEN = {"IF": (2, 3), "IFERROR": (2, 2), "LEN": (1, 1)}


class _Failure(Exception):
    """Carries an error out of a tree."""

    def __init__(self, error):
        self.error = error


def show(value):
    """A value as text."""
    if value is None:
        return ""
    if isinstance(value, Error):
        return value.code
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else format(value, ".10g")


def evaluate(tree, cell):
    """The value of a tree; ``cell((column, row))`` is that of a cell."""
    try:
        value = _value(tree, cell)
    except _Failure as failure:
        return failure.error
    return 0.0 if value is None else value


def _value(tree, cell):
    kind, *parts = tree
    if kind in ("number", "text", "bool"):
        return parts[0]
    if kind == "error":
        raise _Failure(parts[0])
    if kind == "cells":
        if not parts[0].single:
            raise _Failure(VALUE)
        return _checked(cell(parts[0].cells()[0]))
    if kind == "call":
        return _call(*parts, cell)
    if kind == "negative":
        return -_number(_value(parts[0], cell))
    left, right = (_value(part, cell) for part in parts)
    if kind == "&":
        return show(left) + show(right)
    if kind in ("=", "<>"):
        return _same(left, right) == (kind == "=")
    if kind in COMPARISONS:
        return _compared(kind, left, right)
    left, right = _number(left), _number(right)
    if kind == "/" and right == 0:
        raise _Failure(DIVISION)
    return ARITHMETIC[kind](left, right)


def _checked(value):
    if isinstance(value, Error):
        raise _Failure(value)
    return value


def _number(value):
    if isinstance(value, str):
        raise _Failure(VALUE)
    return float(value or 0)


def _same(left, right):
    if left is None or right is None:
        other = right if left is None else left
        return other is None or other == "" or (other == 0 and not isinstance(other, bool))
    return type(left) is type(right) and left == right


def _compared(sign, left, right):
    if left is None:
        left = "" if isinstance(right, str) else 0.0
    if right is None:
        right = "" if isinstance(left, str) else 0.0
    if type(left) is not type(right) or isinstance(left, bool):
        raise _Failure(VALUE)
    return COMPARISONS[sign](left, right)


def _call(name, arguments, cell):
    if name in GIVEN:
        least, most = GIVEN[name]
        if not least <= len(arguments) <= most:
            raise _Failure(VALUE)
    if name == "IF":
        if _number(_value(arguments[0], cell)):
            return _value(arguments[1], cell)
        return _value(arguments[2], cell) if len(arguments) > 2 else False
    if name == "IFERROR":
        try:
            return _value(arguments[0], cell)
        except _Failure:
            return _value(arguments[1], cell)
    if name == "LEN":
        return float(len(show(_value(arguments[0], cell))))
    if name not in ("SUM", "COUNT", "MIN", "MAX", "AVG"):
        raise _Failure(Error("#NAME?"))
    numbers = [number for argument in arguments for number in _numbers(argument, cell)]
    if name == "SUM":
        return float(sum(numbers))
    if name == "COUNT":
        return float(len(numbers))
    if name == "AVG":
        if not numbers:
            raise _Failure(DIVISION)
        return sum(numbers) / len(numbers)
    return (min if name == "MIN" else max)(numbers, default=0.0)


def _numbers(argument, cell):
    if argument[0] != "cells":
        return [_number(_value(argument, cell))]
    values = [_checked(cell(position)) for position in argument[1].cells()]
    return [value for value in values if isinstance(value, float)]
