"""Texts as lines."""


def split_lines(text):
    """The lines of a text with their ends; only a line feed ends a line, and the last one may lack it."""
    *ended, last = text.split("\n")
    lines = [f"{line}\n" for line in ended]
    if last:
        lines.append(last)
    return lines
