"""Settings of several files, of which the later ones count."""

import re

from settings.parse import parse

_REFERENCE = re.compile(r"\$\{([^}]*)\}")


class Unknown(Exception):
    """A setting that no file has, or that refers to one that none has."""


class Settings:
    def __init__(self):
        self._values = {}

    def load(self, text):
        """Add a file; its settings take the place of those that were there."""
        for key, value in parse(text):
            self._values[key] = value
        for key in self._values:
            self._values[key] = self._expanded(key, ())
        return self

    def keys(self):
        """The names of all settings, sorted."""
        return sorted(self._values)

    def text(self, key):
        """The value of a setting; ``${key}`` in it stands for the value of that setting.

        Raises ``Unknown`` where there is none, ``ValueError`` where settings refer to each other in a circle.
        """
        if key not in self._values:
            raise Unknown(key)
        return self._values[key]

    def get(self, key, default):
        """The value as what ``default`` is: text, a number, a list (items between commas) or true or false.

        ``yes``, ``on``, ``true`` and ``1`` are true; ``no``, ``off``, ``false``, ``0`` and nothing at all are false, in any case
        of letters. Without the setting it is the default. Raises ``ValueError`` for what is none of that.
        """
        if key not in self._values:
            return default
        text = self.text(key)
        if isinstance(default, list):
            return [item.strip() for item in text.split(",") if item.strip()]
        return type(default)(text)

    def _expanded(self, key, path):
        if key in path:
            raise ValueError(" -> ".join((*path, key)))
        if key not in self._values:
            raise Unknown(key)
        return _REFERENCE.sub(lambda match: self._expanded(match[1].strip(), (*path, key)), self._values[key])
