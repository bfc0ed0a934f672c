"""Tables as plain text."""


def table(rows, right=()):
    """Rows of texts in columns."""
    if not rows:
        return ""
    count = max(map(len, rows))
    filled = [(*row, *[""] * (count - len(row))) for row in rows]
    widths = [max(len(row[at]) for row in filled) for at in range(count)]
    lines = []
    for row in filled:
        cells = [
            cell.rjust(widths[at]) if at in right else cell.ljust(widths[at])
            for at, cell in enumerate(row)
        ]
        lines.append("  ".join(cells).rstrip() + "\n")
    return "".join(lines)


def cut(text, width):
    """A text that is not longer than ``width``."""
    if width < 1:
        raise ValueError("a width is 1 at least")
    if len(text) <= width:
        return text
    return text[: width - 1] + "…"


def number(value, places=0):
    """A number with commas."""
    return f"{value:,.{places}f}"
