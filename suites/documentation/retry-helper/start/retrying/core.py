import time
from functools import wraps


class GaveUp(Exception):
    pass


def pauses(attempts=4, first=0.5, longest=30.0):
    if attempts < 1:
        raise ValueError(f"attempts must be 1 or more, not {attempts}")
    for number in range(attempts - 1):
        yield min(first * 2**number, longest)


def call(function, *args, attempts=4, first=0.5, longest=30.0, errors=(OSError,), on_retry=None, sleep=time.sleep):
    """Call a function until it succeeds. Reraises the last error if it never does."""
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
    def decorate(function):
        @wraps(function)
        def wrapper(*args):
            return call(function, *args, **options)

        return wrapper

    return decorate
