"""Differences as patches."""

from differ.compare import compare
from differ.lines import split_lines

NO_END = "\\ No newline at end of file\n"


def hunks(steps, context):
    """Lists of steps: changes with what is around them."""
    spans = []
    for place, step in enumerate(steps):
        if step.kind == "=":
            continue
        if spans and place - spans[-1][1] - 1 <= 2 * context:
            spans[-1][1] = place
        else:
            spans.append([place, place])
    return [steps[max(0, first - context) : last + context + 1] for first, last in spans]


def write_patch(old, new, old_name, new_name, context=3):
    """The patch that makes one text of another."""
    a, b = split_lines(old), split_lines(new)
    parts = []
    for hunk in hunks(compare(a, b), context):
        old_count = sum(step.kind != "+" for step in hunk)
        new_count = sum(step.kind != "-" for step in hunk)
        parts.append(f"@@ -{_place(hunk[0].i, old_count)} +{_place(hunk[0].j, new_count)} @@\n")
        for step in hunk:
            line = b[step.j] if step.kind == "+" else a[step.i]
            sign = " " if step.kind == "=" else step.kind
            parts.append(f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n{NO_END}")
    return "".join([f"--- {old_name}\n", f"+++ {new_name}\n", *parts]) if parts else ""


def _place(before, count):
    if count == 1:
        return f"{before + 1}"
    return f"{before + 1 if count else before},{count}"
