"""SIGINT and SIGTERM: the first one ends what goes on, at a point where nothing is half done.

Python raises ``KeyboardInterrupt`` between any two instructions: also in the midst of closing a file, of
importing a module or of the event loop's own work. Here the first signal raises it only outside of ``held``;
within, it is remembered, ``run`` cancels its task, and it is raised at the end. What follows while that one
is served is ignored; a later one ends the process at once, which loses no row that is on disk.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

from harness.errors import Interrupted

T = TypeVar("T")

CODE = 130  # what a process that was interrupted exits with
PATIENCE_S = 3.0  # for the first signal to be served
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class _State:
    """Of this process, as signals are."""

    received_at: float | None = None
    holding = 0  # how many ``held`` blocks are under way
    cancel: Callable[[], object] | None = None


@contextmanager
def handled() -> Iterator[None]:
    """While the block runs, signals are served as described above."""
    _State.received_at = None
    before = [(number, signal.signal(number, _receive)) for number in _SIGNALS]
    before.append((signal.SIGALRM, signal.signal(signal.SIGALRM, _raise)))
    report, sys.unraisablehook = sys.unraisablehook, _swallowed
    try:
        yield
    finally:
        sys.unraisablehook = report
        for number, handler in before:
            signal.signal(number, handler)


def received() -> bool:
    """Whether there was a signal: what goes wrong afterwards is its doing."""
    return _State.received_at is not None


@contextmanager
def held(hint: str = "") -> Iterator[None]:
    """No signal interrupts the block; one that came raises ``Interrupted`` with ``hint`` at its end."""
    _State.holding += 1
    try:
        yield
    finally:
        _State.holding -= 1
    check(hint)


def check(hint: str = "") -> None:
    """Raise ``Interrupted`` if there was a signal: a point of a ``held`` block where it may end."""
    if received():
        raise Interrupted(hint)


def run(work: Coroutine[Any, Any, T]) -> T:
    """``asyncio.run``; a signal cancels ``work``, once, and ``Interrupted`` is raised when that has ended."""
    import asyncio  # which takes half of the time in which a command that needs no loop starts

    async def cancellable() -> T:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None
        _State.cancel = lambda: loop.call_soon_threadsafe(task.cancel)
        if received():  # before there was anything to cancel
            task.cancel()
        return await work

    try:
        with held():
            return asyncio.run(cancellable())
    except Exception as error:
        if received():
            raise Interrupted from error
        raise
    except asyncio.CancelledError:
        check()
        raise
    finally:
        _State.cancel = None
        work.close()


def leave() -> None:
    """End the process at once, with one line; its children see that it has gone, and end too."""
    os.write(2, b"\ninterrupted\n")
    os._exit(CODE)


def _receive(number: int, frame: FrameType | None) -> None:
    now = time.monotonic()
    if _State.received_at is not None:
        if now - _State.received_at > PATIENCE_S:
            leave()
        return
    _State.received_at = now
    if _State.cancel is not None:
        _State.cancel()
    else:
        _raise(number, frame)


def _raise(number: int, frame: FrameType | None) -> None:
    if not _State.holding:
        raise KeyboardInterrupt


def _swallowed(what: sys.UnraisableHookArgs) -> None:
    """An exception in a destructor or a callback ends nothing: an interrupt is raised again, elsewhere."""
    if not received():
        sys.__unraisablehook__(what)
    elif issubclass(what.exc_type, KeyboardInterrupt):
        signal.setitimer(signal.ITIMER_REAL, 0.02)
