"""Calling a function again when it fails."""

import time
from functools import wraps


class GaveUp(Exception):
    """Every attempt has failed; the error of the last one is the cause."""


def pauses(attempts=4, first=0.5, longest=30.0):
    """The seconds between the attempts, one number less than there are attempts.

    Each is twice the one before it, up to ``longest``.

    >>> [*pauses(4, 1.0, 3.0)]
    [1.0, 2.0, 4.0]

    Args:
        attempts: How often a call is tried, 1 or more. Defaults to 4.
        first: The first pause in seconds. Defaults to 0.5.
        longest: No pause is longer. Defaults to 30.0.

    Raises:
        ValueError: If ``attempts`` is less than 1.
    """
    if attempts < 1:
        raise ValueError(f"attempts must be 1 or more, not {attempts}")
    for number in range(attempts - 1):
        yield min(first * 2**number, longest)


def call(function, *args, attempts=4, first=0.5, longest=30.0, errors=(OSError,), on_retry=None, sleep=time.sleep):
    """Return what ``function(*args)`` returns, called again after an error.

    Args:
        function: What is called.
        args: What it is called with.
        attempts: How often it is called at most; with 1 it is called once and never again. Defaults to 4.
        first: Seconds before the second attempt, doubled each time. Defaults to 0.5.
        longest: The longest pause in seconds. Defaults to 30.0.
        errors: The kinds of errors that are tried again. Any other exception goes through at once.
        on_retry: Called before each pause with the number of the attempt, from 1 on, and its error.
        sleep: Waits for so many seconds.

    Raises:
        GaveUp: If all attempts have failed.
        ValueError: If ``attempts`` is less than 1.
    """
    waits = [*pauses(attempts, first, longest)]
    for number, wait in enumerate([*waits, None], 1):
        try:
            return function(*args)
        except errors as error:
            if wait is None:
                raise GaveUp(f"{number} attempts failed: {error}") from error
            if on_retry is not None:
                on_retry(number, error)
            sleep(wait)


def retrying(**options):
    """A decorator: the function is called through ``call`` with these options."""
    def decorate(function):
        @wraps(function)
        def wrapper(*args):
            return call(function, *args, **options)

        return wrapper

    return decorate
