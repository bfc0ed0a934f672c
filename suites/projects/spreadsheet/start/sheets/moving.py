"""Formulas whose cells move."""


def moved(text, move):
    """The text of a formula whose references are changed: ``move(span)`` is the new ``Span``, or ``None`` for ``#REF!``."""
    raise NotImplementedError
