import re

_LEVEL = re.compile(r"[A-Z]+(?= |\Z)")


class Feed:
    def __init__(self, longest):
        self._longest = longest
        self._rest = None  # bytes of the line that has begun, or nothing yet
        self.levels = {}

    def write(self, data):
        *ended, last = data.split(b"\n")
        lines = []
        for piece in ended:
            line = (self._rest or b"") + piece
            self._rest = None
            lines.append(self._counted(line))
        if last:
            self._begin(last)
        return lines

    def close(self):
        if self._rest is None:
            return None
        rest, self._rest = self._rest, None
        return self._counted(rest)

    def _begin(self, last):
        if self._rest is None:
            self._rest = b""
        self._rest = (self._rest + last)[: self._longest]

    def _counted(self, line):
        text = self._without_end(line[: self._longest]).decode("utf-8", "replace")
        match = _LEVEL.match(text)
        level = match[0] if match else ""
        self.levels[level] = self.levels.get(level, 0) + 1
        return text

    def _without_end(self, line):
        return line.removesuffix(b"\r")
