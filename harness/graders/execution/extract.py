"""The code in a model's answer, whatever it is wrapped in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from harness.graders.execution import blocks
from harness.graders.execution.blocks import Block
from harness.graders.execution.syntax import (
    SYNTAXES,
    Syntax,
    definitions,
    has_body,
    is_code,
    is_program,
    mentions_definition,
    parse,
    references,
    sound,
)

_ATTEMPTS = 200  # stretches of a long answer without fences that are tried


class Malformed(Exception):
    """An answer that holds no code to run; the message says what was looked for."""


class Refused(Exception):
    """Code that is not compiled, whatever else it does; the message says why."""


def extract(answer: str, language: str, wanted: Sequence[str] = (), signature: str | None = None) -> str:
    """The program in ``answer``, which defines the names in ``wanted`` (any name, when empty).

    Of several fenced blocks the last sound one that defines the most counts, joined by the
    blocks that define what it uses. Without fences the code is cut out of the prose
    around it. An answer that only continues ``signature`` is put behind it. Raises ``Malformed``.
    """
    syntax = SYNTAXES[language]
    parts = blocks.split(blocks.clean(answer))
    fenced = _of_language(parts, syntax)
    if code := _chosen(fenced, wanted, syntax):
        return code
    loose = [part.text for part in parts if part.info is None]
    for text in loose:
        if code := _cut_out(_bared(text), wanted, syntax):
            return code
    if signature is not None:
        for text in (*fenced, *loose):
            if code := _completed(text, signature, syntax):
                return code
    names = " and ".join(f"`{name}`" for name in wanted)
    raise Malformed(f"the answer defines no {names}" if names else f"the answer holds no {language} code")


def _of_language(parts: Sequence[Block], syntax: Syntax) -> list[str]:
    """The fenced blocks that say they are of this language, or else those that say nothing."""
    fenced = [part for part in parts if part.info is not None]
    named = [part for part in fenced if part.info in syntax.infos]
    return [_bared(part.text) for part in named or (p for p in fenced if not p.info)]


def _bared(text: str) -> str:
    return blocks.dedent(blocks.without_prompts(text))


def _chosen(texts: Sequence[str], wanted: Sequence[str], syntax: Syntax) -> str | None:
    if len(texts) == 1:
        return texts[0] if _defined(texts[0], wanted, syntax) else None
    scores = [
        (_defined(text, wanted, syntax), sound(text, syntax), at) if text else (0, False, at)
        for at, text in enumerate(texts)
    ]
    count, _, best = max(scores, default=(0, False, 0))
    return _joined(texts, best, wanted, syntax) if count else None


def _defined(text: str, wanted: Sequence[str], syntax: Syntax) -> int:
    """How many of the wanted names ``text`` defines; of any names, when none is wanted."""
    if wanted:
        return sum(mentions_definition(text, name, syntax) for name in wanted)
    return len(definitions(parse(text, syntax)))


def _joined(texts: Sequence[str], best: int, wanted: Sequence[str], syntax: Syntax) -> str:
    """The chosen block, with every other that defines something still missing and nothing twice."""
    trees = [parse(text, syntax) for text in texts]
    defined = [definitions(tree) for tree in trees]
    kept = {best}
    have = set(defined[best])
    need = references(trees[best]) | set(wanted)
    changed = True
    while changed:
        changed = False
        for at in (at for at in reversed(range(len(texts))) if at not in kept):
            extends = {"+" + name for name in have} & defined[at]
            if have & defined[at] or not (extends or (need - have) & defined[at]):
                continue
            kept.add(at)
            have |= defined[at]
            need |= references(trees[at])
            changed = True
    return _in_order([texts[at] for at in sorted(kept)], syntax)


def _in_order(texts: Sequence[str], syntax: Syntax) -> str:
    """Blocks one after another, with what must stand first (a package clause, imports) first."""
    if len(texts) == 1:
        return texts[0]
    first: dict[str, None] = {}
    rest = []
    for text in texts:
        raw = text.encode(errors="replace")
        for node in reversed(parse(text, syntax).root_node.children):
            if node.type in syntax.hoisted:
                raw = raw[: node.start_byte] + raw[node.end_byte :]
        rest.append(raw.decode(errors="replace").strip("\n"))
        for node in parse(text, syntax).root_node.children:
            if node.type in syntax.hoisted:
                first[(node.text or b"").decode(errors="replace")] = None
    return "\n\n".join((*sorted(first, key=_rank), *rest))


def _rank(item: str) -> bool:
    return not item.startswith("package")


def _cut_out(text: str, wanted: Sequence[str], syntax: Syntax) -> str | None:
    """The longest run of lines, from the first that starts code, that is code and nothing else."""
    if not _defined(text, wanted, syntax):
        return None
    lines = text.split("\n")
    starts = [at for at, line in enumerate(lines) if syntax.starting.match(line)]
    stretches = (lines[start:end] for start in starts for end in _ends(lines, start))
    for stretch in islice(stretches, _ATTEMPTS):
        code = "\n".join(stretch).rstrip()
        if _defined(code, wanted, syntax) and is_code(code, syntax):
            return code
    return "\n".join(lines[starts[0] :]) if starts else None


def _ends(lines: Sequence[str], start: int) -> Iterator[int]:
    """Where code may end: at the end, or before a line at the left margin after some other."""
    yield len(lines)
    for at in reversed(range(start + 1, len(lines))):
        if lines[at][:1].strip():
            yield at


def _completed(text: str, signature: str, syntax: Syntax) -> str | None:
    if is_program(text, syntax):
        return None
    return next((code for code in syntax.complete(signature, text) if has_body(code, syntax)), None)
