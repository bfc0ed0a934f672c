"""The editor."""

from contextlib import contextmanager

from editor.buffer import Buffer
from editor.history import Change, History, Step, take_back

CURSOR = "cursor"


class Editor:
    """A text with a cursor and marks; every change can be undone."""

    def __init__(self, text="", limit=100):
        self._buffer = Buffer(text)
        self._buffer.marks[CURSOR] = 0
        self._history = History(limit)
        self._open = None  # the step of the group that is open
        self._typing = False  # whether a typed character may join the last step

    @property
    def text(self):
        """The text as it is."""
        return self._buffer.text

    @property
    def cursor(self):
        """The place of the cursor."""
        return self._buffer.marks[CURSOR]

    def move(self, place):
        """Put the cursor somewhere."""
        self.set_mark(CURSOR, place)
        self._typing = False

    def set_mark(self, name, place):
        """Put a mark somewhere."""
        if not 0 <= place <= len(self.text):
            raise IndexError(f"no such place: {place}")
        self._buffer.marks[name] = place

    def mark(self, name):
        """The place of a mark; ``KeyError`` if there is none."""
        return self._buffer.marks[name]

    def insert(self, place, text):
        """Put text somewhere."""
        self.replace(place, place, text)

    def delete(self, start, end):
        """Remove text."""
        self.replace(start, end, "")

    def replace(self, start, end, text):
        """Put text in place of other text."""
        self._typing = False
        self._change(start, end, text)

    def replace_all(self, old, new):
        """Replace a text wherever it stands, as one step; how often."""
        count, place = 0, self.text.find(old)
        with self.group():
            while place >= 0:
                self.replace(place, place + len(old), new)
                count += 1
                place = self.text.find(old, place + len(new))
        return count

    def type(self, text):
        """Put text at the cursor, which moves behind it."""
        place = self.cursor
        joins = self._typing and len(text) == 1 and not self._begins_word(text)
        with self._joined() if joins else self.group():
            self._change(place, place, text)
            self._buffer.marks[CURSOR] = place + len(text)
        self._typing = len(text) == 1 and self._open is None

    @contextmanager
    def group(self):
        """Changes within are one step; if an exception comes out of them, they are taken back."""
        self._typing = False
        if self._open is not None:
            yield
            return
        self._open = Step([], dict(self._buffer.marks))
        try:
            yield
        except BaseException:
            step, self._open = self._open, None
            take_back(self._buffer, step)
            raise
        step, self._open = self._open, None
        if step and step.changes:
            self._history.add(step)

    def undo(self):
        """Undo a step; whether there was one."""
        self._outside_groups()
        return self._history.undo(self._buffer)

    def redo(self):
        """Do a step again; whether there was one."""
        self._outside_groups()
        return self._history.redo(self._buffer)

    def _outside_groups(self):
        if self._open is not None:
            raise RuntimeError("a group is open")
        self._typing = False

    @contextmanager
    def _joined(self):
        self._open = self._history.last()
        yield
        self._open = None

    def _begins_word(self, text):
        before = self.text[self.cursor - 1 : self.cursor]
        return before.isspace() and not text.isspace()

    def _change(self, start, end, text):
        """Change the text within the open group, or as a step of its own."""
        if self._open is None:
            step = Step([], dict(self._buffer.marks))
        else:
            step = self._open
        old = self._buffer.replace(start, end, text)
        step.changes.append(Change(start, old, text))
        if self._open is None:
            self._history.add(step)
