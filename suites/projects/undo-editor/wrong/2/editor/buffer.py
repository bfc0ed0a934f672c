"""Text with marks that move along."""


class Buffer:
    """Marks have names; each stands between two characters, or at an end."""

    def __init__(self, text=""):
        self.text = text
        self.marks = {}

    def replace(self, start, end, new):
        """Put other text in place of what is between two places; what was there."""
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"no such place: {start} to {end}")
        old = self.text[start:end]
        self.text = self.text[:start] + new + self.text[end:]
        for name, place in self.marks.items():
            self.marks[name] = _moved(place, start, end, len(new))
        return old


def _moved(place, start, end, size):
    """Where a mark is when ``size`` characters came in place of those between start and end."""
    if place <= start:
        return place
    if place < end:
        return start
    return place + size - (end - start)
