"""Several variants of some code in one program: each changed function asks a switch which body it has.

Building once for all variants takes a fraction of the time, and no variant can be told from another by
what is compiled, by files or by code in memory: only the switch knows, and tests cannot read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from tree_sitter import Node

from harness.graders.execution.syntax import Syntax, parse
from harness.nodes import walk
from harness.replacements import Replacement, place_of

Edit = tuple[int, int, bytes]  # from a byte to a byte, and what comes there
Arms = Callable[[Mapping[int, str], str], str]
"""From the bodies of a function by variant, and the one that all others have, to its body."""


def switched(
    files: Mapping[str, str],
    variants: Sequence[Sequence[Replacement]],
    syntax: Syntax,
    functions: Collection[str],
    arms: Arms,
) -> dict[str, str]:
    """The files with all variants in them; ``functions`` are the types of nodes that are functions.

    Raises ``ValueError`` for a change that does not lie in the body of one function.
    """
    edits: dict[str, dict[int, list[Edit]]] = {path: defaultdict(list) for path in files}
    for number, variant in enumerate(variants):
        for change in variant:
            place = place_of(files, change)
            text = files[place.path]
            start = len(text[: place.start].encode())
            end = start + len(change.find.encode())
            edits[place.path][number].append((start, end, change.replace.encode()))
    return {
        path: _switched(text, edits[path], syntax, functions, arms) if edits[path] else text
        for path, text in files.items()
    }


def _switched(
    text: str,
    edits: Mapping[int, Sequence[Edit]],
    syntax: Syntax,
    functions: Collection[str],
    arms: Arms,
) -> str:
    raw = text.encode()
    bodies = _bodies(parse(text, syntax).root_node, functions)
    of_body: dict[int, dict[int, list[Edit]]] = defaultdict(lambda: defaultdict(list))
    for number, changes in edits.items():
        for edit in changes:
            within = [at for at, (start, end) in enumerate(bodies) if start < edit[0] and edit[1] < end]
            if not within:
                line = raw[: edit[0]].count(b"\n") + 1
                raise ValueError(f"the change of line {line} does not lie in the body of one function")
            of_body[within[0]][number].append(edit)
    for at in sorted(of_body, reverse=True):
        start, end = bodies[at]
        by_variant = {
            number: _edited(raw[start:end], start, changes).decode()
            for number, changes in of_body[at].items()
        }
        raw = raw[:start] + arms(by_variant, raw[start:end].decode()).encode() + raw[end:]
    return raw.decode()


def _bodies(root: Node, functions: Collection[str]) -> list[tuple[int, int]]:
    """Where the outermost functions' bodies begin and end, in order."""
    bodies: list[tuple[int, int]] = []
    for node in walk(root):
        body = node.child_by_field_name("body") if node.type in functions else None
        if body is not None and not any(start <= body.start_byte < end for start, end in bodies):
            bodies.append((body.start_byte, body.end_byte))
    return sorted(bodies)


def _edited(body: bytes, offset: int, edits: Sequence[Edit]) -> bytes:
    for start, end, new in sorted(edits, reverse=True):
        body = body[: start - offset] + new + body[end - offset :]
    return body
