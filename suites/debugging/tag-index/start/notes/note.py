"""A note, and how its text is read."""

import re

_TAG = re.compile(r"(?<!\S)#([a-z][\w-]*)")


class Note:
    """``text`` and the ``tags`` that it was given, beside those that stand in the text as ``#tag``."""

    def __init__(self, text, tags=set()):
        self.text = text
        self.tags = tags
        self.tags.update(_TAG.findall(text))
        self.done = False

    def words(self):
        """The text without its tags."""
        return " ".join(_TAG.sub("", self.text).split())

    def __repr__(self):
        return f"Note({self.text!r}, {sorted(self.tags)})"
