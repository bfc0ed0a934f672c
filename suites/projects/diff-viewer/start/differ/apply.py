"""Patches, the other way round."""

import re

from differ.lines import split_lines

_HEAD = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n")


def apply_patch(old, patch):
    """The new text; raises ``ValueError`` where the patch does not fit the old one exactly."""
    before = split_lines(old)
    after, place = [], 0
    lines = split_lines(patch)[2:]
    for number, line in enumerate(lines):
        head = _HEAD.fullmatch(line)
        if head:
            first, count, new_first, new_count = (1 if n is None else int(n) for n in head.groups())
            start = first - 1 if count else first
            after += before[place:start]
            place = start
            if len(after) != (new_first - 1 if new_count else new_first):
                raise ValueError(f"line {number + 3}: the hunk does not begin there")
            continue
        if line.startswith("\\"):
            continue
        text = line[1:]
        if number + 1 < len(lines) and lines[number + 1].startswith("\\"):
            text = text.removesuffix("\n")
        if line[0] in " -":
            if before[place : place + 1] != [text]:
                raise ValueError(f"line {number + 3}: the old text is different")
            place += 1
        if line[0] in " +":
            after.append(text)
    return "".join(after + before[place:])
