from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, Callable


class NothingLeft(LookupError):
    pass


@dataclass(frozen=True)
class Step:
    label: str
    forward: Callable[[], Any]
    backward: Callable[[], Any]
    key: Any = None
    at: float = 0.0


class History:
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
        return len(self._done)

    @property
    def dirty(self):
        return (self._done[-1] if self._done else self._base) is not self._saved

    def save(self):
        self._saved = self._done[-1] if self._done else self._base

    def do(self, label, forward, backward, *, key=None):
        result = forward()
        step = Step(label, forward, backward, key, self._clock())
        if self._inside is None:
            self._add(step)
        else:
            self._inside.append(step)
        return result

    def undo(self):
        """Returns None if there is nothing left to undo."""
        step = self._last(self._done, "undo")
        step.backward()
        self._undone.append(self._done.pop())
        return step

    def redo(self):
        step = self._last(self._undone, "redo")
        step.forward()
        self._done.append(self._undone.pop())
        return step

    @contextmanager
    def group(self, label):
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
