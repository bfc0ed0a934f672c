"""Lines of fields, some of them in quotes."""

QUOTE = '"'


class FieldError(ValueError):
    """A field that cannot be read; ``at`` is where."""

    def __init__(self, at):
        super().__init__(f"the field is wrong at {at}")
        self.at = at


def split(line, separator=","):
    """The fields of a line."""
    return _line(line, 0, separator, separator)[1]


def join(fields, separator=","):
    """A line of fields."""
    if not fields:
        raise ValueError("a line has at least one field")
    written = []
    for field in fields:
        if field.startswith(QUOTE) or separator in field or "\n" in field:
            field = QUOTE + field.replace(QUOTE, QUOTE * 2) + QUOTE
        written.append(field)
    return separator.join(written)


def records(text, separator=","):
    """The fields of every line of a text."""
    rows = []
    at = 0
    while at < len(text):
        if text[at] == "\n":
            at += 1
            continue
        at, row = _line(text, at, separator, separator + "\n")
        rows.append(row)
    return rows


def _line(text, at, separator, stops):
    fields = []
    while True:
        at, field = _field(text, at, stops)
        fields.append(field)
        if at >= len(text) or text[at] != separator:
            return at, fields
        at += 1


def _field(text, at, stops):
    if text[at : at + 1] == QUOTE:
        return _quoted(text, at, stops)
    start = at
    while at < len(text) and text[at] not in stops:
        at += 1
    return at, text[start:at]


def _quoted(text, at, stops):
    end = text.find(QUOTE, at + 1)
    while True:
        if end < 0:
            raise FieldError(at)
        if text[end + 1 : end + 2] != QUOTE:
            break
        end += 2
        end = text.find(QUOTE, end)
    behind = end + 1
    if behind < len(text) and text[behind] not in stops:
        raise FieldError(behind)
    return behind, text[at + 1 : end].replace(QUOTE * 2, QUOTE)
