"""Undo and redo for editors: steps with an action and its opposite, in groups, with a mark of what is saved."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, Callable


class NothingLeft(LookupError):
    """There is no step to undo, or none to redo."""


@dataclass(frozen=True)
class Step:
    """What was done, and how it is undone."""

    label: str
    """What a menu shows behind "Undo"."""
    forward: Callable[[], Any]
    """The action, which is called again to redo it."""
    backward: Callable[[], Any]
    """Its opposite."""
    key: Any = None
    """Steps that follow each other with the same key are joined; with ``None`` they never are."""
    at: float = 0.0
    """When it was done, in seconds of the history's clock."""


class History:
    """Steps that can be undone and redone. Steps are never joined inside of a group.

    >>> words, history = [], History()
    >>> history.do("type", lambda: words.append("one"), words.pop)
    >>> history.undo().label, words
    ('type', [])
    >>> history.redo().label, words
    ('type', ['one'])

    Args:
        limit: How many steps are kept, 1 or more, 100 by default; beyond that the oldest one is dropped and can no
            longer be undone.
        within: The seconds within which steps with the same key are joined, 0.5 by default.
        clock: What gives the time in seconds.

    Raises:
        ValueError: If ``limit`` is less than 1.
    """

    def __init__(self, limit=100, *, within=0.5, clock=monotonic):
        if limit < 1:
            raise ValueError(f"limit must be 1 or more, not {limit}")
        self.limit = limit
        self.within = within
        self._clock = clock
        self._done, self._undone = [], []
        self._inside = None
        self._base = self._saved = None

    def __len__(self):
        """How many steps can be undone."""
        return len(self._done)

    @property
    def dirty(self):
        """Whether the state is another than at the last ``save``, or than at the beginning if there was none.

        Undoing and redoing to the saved state makes the history clean again. Once that state cannot be reached any
        more (its step was undone and a new one done, or is no longer kept), it stays dirty until the next ``save``.
        """
        return (self._done[-1] if self._done else self._base) is not self._saved

    def save(self):
        """Take the state as saved. A later step is not joined with the one before it."""
        self._saved = self._done[-1] if self._done else self._base

    def do(self, label, forward, backward, *, key=None):
        """Call an action and record it. What could be redone is forgotten.

        If the action raises an error, nothing is recorded, and what could be redone still can.

        Args:
            label: What a menu shows.
            forward: The action. Of joined steps only the last one is redone, so it must set something, not add to it.
            backward: Its opposite.
            merge_key: If it is the key of the step before, and that was done no more than ``within`` seconds ago, both become
                one step. Defaults to None, which joins nothing.

        Returns:
            What ``forward`` returns.
        """
        result = forward()
        step = Step(label, forward, backward, key, self._clock())
        if self._inside is None:
            self._add(step)
        else:
            self._inside.append(step)
        return result

    def undo(self):
        """Undo the last step, which is returned. If its ``backward`` raises an error, the step stays.

        Raises:
            NothingLeft: If there is nothing to undo.
            RuntimeError: Inside of a group.
        """
        step = self._last(self._done, "undo")
        step.backward()
        self._undone.append(self._done.pop())
        return step

    def redo(self):
        """Redo the step that was undone last, which is returned.

        Raises:
            NothingLeft: If there is nothing to redo.
            RuntimeError: Inside of a group.
        """
        step = self._last(self._undone, "redo")
        step.forward()
        self._done.append(self._undone.pop())
        return step

    @contextmanager
    def group(self, label):
        """Make one step of all that are done within a ``with`` block; of none, no step.

        If an error leaves the block, the steps of the group are undone, the last one first, and the error goes on. A
        group within a group is part of the outermost one, whose label counts.

        Args:
            label: What a menu shows.
        """
        if self._inside is not None:
            yield
            return
        self._inside = steps = []
        try:
            yield
        except BaseException:
            for step in reversed(steps):
                step.backward()
            raise
        finally:
            self._inside = None
        if steps:
            self._add(
                Step(
                    label,
                    lambda: [step.forward() for step in steps],
                    lambda: [step.backward() for step in reversed(steps)],
                    at=self._clock(),
                )
            )

    def _add(self, step):
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if (
            last is not None
            and last is not self._saved
            and step.key is not None
            and step.key == last.key
            and step.at - last.at <= self.within
        ):
            self._done[-1] = replace(step, backward=last.backward)
            return
        self._done.append(step)
        if len(self._done) > self.limit:
            self._base = self._done.pop(0)

    def _last(self, steps, what):
        if self._inside is not None:
            raise RuntimeError(f"{what} inside of a group")
        if not steps:
            raise NothingLeft(f"nothing to {what}")
        return steps[-1]
