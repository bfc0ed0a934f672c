"""Differences for people."""

from differ.compare import compare
from differ.lines import split_lines
from differ.marks import marks
from differ.patch import hunks


def view(old, new, context=2, blanks=True):
    """What changed, line by line and word by word."""
    a, b = split_lines(old), split_lines(new)
    steps = compare(a, b, None if blanks else _without_blanks)
    lines, shown = [], 0
    for hunk in hunks(steps, context):
        first = steps.index(hunk[0])
        lines += _left_out(first - shown)
        shown = first + len(hunk)
        texts = _marked(hunk, a, b)
        lines += [_line(step, text) for step, text in zip(hunk, texts)]
    if lines:
        lines += _left_out(len(steps) - shown)
    return "".join(f"{line}\n" for line in lines)


def _without_blanks(line):
    return " ".join(line.split())


def _left_out(count):
    return [f"     ...  {count} line{'s' if count > 1 else ''}"] if count else []


def _line(step, text):
    old = "" if step.kind == "+" else step.i + 1
    new = "" if step.kind == "-" else step.j + 1
    return f"{old:>4} {new:>4} {step.kind.replace('=', ' ')} {text}"


def _marked(hunk, a, b):
    """The text of each step of a hunk."""
    lines = [a[step.i] if step.kind == "-" else b[step.j] for step in hunk]
    texts = [line.removesuffix("\n") for line in lines]
    place = 0
    while place < len(hunk):
        removed = _run(hunk, place, "-")
        added = _run(hunk, removed.stop, "+")
        for old, new in zip(removed, added):
            pair = marks(texts[old], texts[new])
            if pair:
                texts[old] = "".join(f"[-{text}-]" if changed else text for text, changed in pair[0])
                texts[new] = "".join(f"{{+{text}+}}" if changed else text for text, changed in pair[1])
        place = max(added.stop, place + 1)
    return [text if line.endswith("\n") else f"{text} (no line end)" for text, line in zip(texts, lines)]


def _run(hunk, start, kind):
    """The places from a start on that are of one kind."""
    stop = start
    while stop < len(hunk) and hunk[stop].kind == kind:
        stop += 1
    return range(start, stop)
