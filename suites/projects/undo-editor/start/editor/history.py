"""Steps back and forth."""

from typing import NamedTuple


class Change(NamedTuple):
    """Text that was put in place of other text."""

    start: int
    old: str
    new: str


class Step(NamedTuple):
    """Changes that belong together, and the marks before them."""

    changes: list
    marks: dict


class History:
    """At most ``limit`` steps, and those that were undone."""

    def __init__(self, limit):
        self._limit = limit
        self._done = []
        self._undone = []

    def add(self, step):
        """A step that was done; what was undone before it cannot come again."""
        self._undone.clear()
        self._done.append(step)
        del self._done[: -self._limit]

    def last(self):
        """The last step that was done, or none."""
        return self._done[-1] if self._done else None

    def undo(self, buffer):
        """Undo a step; whether there was one."""
        if not self._done:
            return False
        step = self._done.pop()
        marks = dict(buffer.marks)
        take_back(buffer, step)
        self._undone.append(Step(step.changes, marks))
        return True

    def redo(self, buffer):
        """Do again what was undone; whether there was anything."""
        if not self._undone:
            return False
        step = self._undone.pop()
        marks = dict(buffer.marks)
        for change in step.changes:
            buffer.replace(change.start, change.start + len(change.old), change.new)
        buffer.marks = dict(step.marks)
        self._done.append(Step(step.changes, marks))
        return True


def take_back(buffer, step):
    """Make the text and the marks what they were before a step."""
    for change in step.changes:
        buffer.replace(change.start, change.start + len(change.new), change.old)
    buffer.marks = dict(step.marks)
