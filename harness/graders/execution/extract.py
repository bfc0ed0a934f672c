"""The code in a model's answer, whatever it is wrapped in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import thread_time

from harness.graders.execution import blocks
from harness.graders.execution.blocks import Block
from harness.graders.execution.forms import clean, forms
from harness.graders.execution.syntax import (
    FOREIGN,
    Syntax,
    Tangled,
    definitions,
    has_body,
    is_code,
    is_program,
    mentions_definition,
    parse,
    references,
    sound,
    syntax_of,
)
from harness.graders.reply import replies, unread
from harness.nodes import text_of

# To read an answer, so many bytes and so many times its length are parsed, in so much of this thread's time.
_FREE_BYTES, _TIMES = 150_000, 4
_SECONDS, _SECONDS_A_CHARACTER = 1.0, 4e-6
_WORD = re.compile(r"[\"'“‘(*_`]{0,3}[^\W\d_][^\W_'’-]*(?:['’-][^\W_]+)*[.,:;!?)*_\"'”’`]{0,3}")
_IMPORT = re.compile(r"import [\w.]+(?: as \w+)?(?:, ?[\w.]+(?: as \w+)?)*$|from [\w.]+ import ")


class Malformed(Exception):
    """An answer that holds no code to run; the message says what was looked for."""


class Refused(Exception):
    """Code that is not compiled, whatever else it does; the message says why."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A program that an answer may stand for: how many wanted names it defines, and whether it parses."""

    code: str
    defined: int
    sound: bool


def extract(answer: str, language: str, wanted: Sequence[str] = (), signature: str | None = None) -> str:
    """The program in ``answer``, which defines the names in ``wanted`` (any name, when empty).

    Of the texts that an answer may stand for, the first with code that parses counts: the answer as it
    is, then without what it may be wrapped in (``forms``). In a text that is the whole of it, if that is
    code; then the fenced blocks; then what is left when prose is cut away. Of several blocks those of the
    language count before those of none, and those before others; among these the last sound one that
    defines the most, joined by the blocks that define what it uses. An answer that only continues
    ``signature`` is put behind it. Which program is chosen never depends on what it does. Raises
    ``Malformed``.
    """
    reader = _Reader(syntax_of(language), tuple(wanted))
    best: _Reading | None = None
    texts: list[list[str]] = []
    for stretches in (form for reply in replies(answer) for form in forms(clean(reply), reader.syntax.forms)):
        texts.append(stretches)
        for reading in reader.readings(stretches):
            if reader.is_whole(reading):
                return reading.code
            if best is None or (reading.sound, reading.defined) > (best.sound, best.defined):
                best = reading
    if best is None and signature is not None:
        best = next(
            (completed for stretches in texts if (completed := reader.completed(stretches, signature))), None
        )
    if best is not None:
        return best.code
    names = " and ".join(f"`{name}`" for name in wanted)
    missing = f"the answer defines no {names}" if names else f"the answer holds no {language} code"
    raise Malformed(unread(answer, missing))


@dataclass(slots=True)
class _Reader:
    """Looks for code of one language that defines what is wanted, with a budget for parsing."""

    syntax: Syntax
    wanted: tuple[str, ...]
    _parsed: int = 0
    _started: float = field(default_factory=thread_time)
    _sound: dict[str, bool] = field(default_factory=dict)

    def is_whole(self, reading: _Reading) -> bool:
        """Whether nothing better can be found."""
        return reading.sound and reading.defined >= max(1, len(self.wanted))

    def readings(self, stretches: Sequence[str]) -> Iterator[_Reading]:
        """The programs in a text, the likeliest first. Several stretches count as blocks."""
        if len(stretches) > 1:
            yield from self._of_blocks([Block(stretch, "") for stretch in stretches])
            return
        text = stretches[0]
        dedented = _dedented(text)
        if self._defined(dedented) and self._is_code(dedented):
            yield self._reading(dedented)
        parts = blocks.split(text, self._is_sound)
        yield from self._of_blocks([part for part in parts if part.info is not None])
        loose = [_dedented(part.text) for part in parts if part.info is None]
        for part in dict.fromkeys([*loose, dedented]):
            yield from self._cut_out(part)
        for part in dict.fromkeys([*loose, text]):
            for run in [*blocks.indented(part), *blocks.inline(part)]:
                if self._defined(run) and self._is_code(run):
                    yield self._reading(run)

    def completed(self, stretches: Sequence[str], signature: str) -> _Reading | None:
        """The first part of a text that is a body for ``signature``."""
        for part in blocks.split("\n".join(stretches), self._is_sound):
            text = part.text if part.info is None else _dedented(part.text)
            for code in _completions(text, signature, self.syntax) if self._allows(text) else ():
                return _Reading(code, 1, True)
        return None

    def _of_blocks(self, fenced: Sequence[Block]) -> Iterator[_Reading]:
        """The program in fenced blocks: first those of the language alone, at last all of them."""
        ranks = [_rank(block, self.syntax) for block in fenced]
        for most in sorted(set(ranks)):
            texts = [_dedented(b.text) for b, rank in zip(fenced, ranks, strict=True) if rank <= most]
            scores = [(self._defined(text), self._is_sound(text), at) for at, text in enumerate(texts)]
            count, _, best = max(scores, default=(0, False, 0))
            if count:
                try:
                    yield self._reading(_joined(texts, best, self.wanted, self.syntax))
                except Tangled:
                    yield self._reading(texts[best])

    def _cut_out(self, text: str) -> Iterator[_Reading]:
        """The longest run of lines that is code, with nothing beside it that could be.

        Where no run parses, all from the first line that starts code to the last that could end it.
        """
        if not self._defined(text):
            return
        lines = text.split("\n")
        margin = [at for at, line in enumerate(lines) if line[:1].strip()]
        code = [at for at in margin if self._starts(lines[at])]
        if not code:
            return
        starts = [at for at in margin if at <= code[0] and not _is_prose(lines[at])]
        last = max(at for at in margin if self._starts(lines[at]) or lines[at][0] in "})]")
        ends = [len(lines), *(at for at in reversed(margin) if at > last)]
        for start in starts:
            for end in ends:
                run = "\n".join(lines[start:end]).rstrip()
                if not self._allows(run):
                    break
                if self._defined(run) and self._is_code(run):
                    yield self._reading(run + "\n" * (end == len(lines)))
                    return
        end = next((at for at in margin if at > last and _is_prose(lines[at])), len(lines))
        yield self._reading("\n".join(lines[starts[0] : end]).rstrip())

    def _starts(self, line: str) -> bool:
        return self.syntax.starting.match(line) is not None and not _is_prose(line)

    def _reading(self, code: str) -> _Reading:
        return _Reading(code, self._defined(code), self._is_sound(code))

    def _defined(self, text: str) -> int:
        """How many of the wanted names ``text`` defines; of any names, when none is wanted."""
        if self.wanted:
            return sum(mentions_definition(text, name, self.syntax) for name in self.wanted)
        try:
            return len(definitions(parse(text, self.syntax)))
        except Tangled:
            return 0

    def _is_sound(self, text: str) -> bool:
        if text not in self._sound:
            self._sound[text] = self._allows(text) and sound(text, self.syntax)
        return self._sound[text]

    def _is_code(self, text: str) -> bool:
        return self._is_sound(text) and is_code(text, self.syntax)

    def _allows(self, text: str) -> bool:
        """Whether there is budget left to parse ``text``; what is parsed again and again is no program."""
        self._parsed += len(text)
        if thread_time() - self._started > _SECONDS + _SECONDS_A_CHARACTER * len(text):
            return False
        return self._parsed <= _FREE_BYTES + _TIMES * len(text)


def _rank(block: Block, syntax: Syntax) -> int:
    """0 for a block that says it is of this language, 1 for one that says nothing of it, 2 for others."""
    word = re.split(r"[\s,{}:;]+", (block.info or "").lower().lstrip("{."), maxsplit=1)[0]
    word = re.sub(r"^(?:language|lang)-", "", word)
    stem = re.sub(r"[-\d._]+$", "", word)
    if word in syntax.infos or stem in syntax.infos or word.rpartition(".")[2] in syntax.infos:
        return 0
    return 2 if word in FOREIGN else 1


def _dedented(text: str) -> str:
    return blocks.dedent(blocks.without_prompts(text))


def _is_prose(line: str) -> bool:
    """Whether a line at the left margin is a sentence: words alone, three or more, or one with its mark."""
    if _IMPORT.match(line) or line.rstrip()[-1:] in ("{", "}", ";", "(", "[", "="):
        return False
    line = re.sub(r"`[^`]*`", "it", line)
    words = line.lstrip("-*+>#0123456789.) \t").split()
    plain = sum(_WORD.fullmatch(word) is not None for word in words)
    if len(words) < 3:
        return bool(words) and plain == len(words) and line.rstrip()[-1] in ".!?:…" and line[0].isupper()
    return plain >= 0.75 * len(words)


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
                first[text_of(node)] = None
    return "\n\n".join((*sorted(first, key=_rank_of_item), *rest))


def _rank_of_item(item: str) -> bool:
    return not item.startswith("package")


def _completions(text: str, signature: str, syntax: Syntax) -> Iterator[str]:
    try:
        if not is_program(text, syntax):
            yield from (code for code in syntax.complete(signature, text) if has_body(code, syntax))
    except Tangled:
        return
