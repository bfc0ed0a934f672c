"""An answer as a module: its paths, and whether its module may lie beside others in one crate."""

from __future__ import annotations

import re

# Comments, strings and characters, whose content means nothing to the compiler. A comment within a
# comment is not told apart, so that a rest of it remains. What is left open ends with the file: every
# expression here takes time in proportion to the text.
_SILENT = r"""
    //[^\n]*
    | /\*(?:(?!/\*|\*/).)*\*/
    | \b[bc]?r(?P<marks>\#*)"(?:.*?"(?P=marks)|.*)
    | "(?:\\.|[^"\\])*"?
    | '(?:\\.[^'\n]*|[^'\\\n])'
"""
_COMMENTS_AND_TEXTS = re.compile(_SILENT, re.DOTALL | re.VERBOSE)
_CRATE = re.compile(rf"{_SILENT} | (?P<crate>\bcrate)(?=\s*::)", re.DOTALL | re.VERBOSE)
_LONGEST = 100_000  # characters; a longer answer is not searched
_LEFT_OPEN = re.compile(r'"|/\*|\*/')
_ATTRIBUTE = re.compile(
    r"#!?\[\s*(?:allow|warn|expect|deny)\s*\([\w\s,:]*\)\s*\]"
    r"|#\[\s*(?:(?:derive|inline|must_use|repr|cfg|ignore)\s*\([\w\s,:()]*\)"
    r"|must_use|inline|test|default|non_exhaustive|cold|track_caller|ignore|should_panic"
    r"|rustfmt::skip)\s*\]"
)
# What reaches beyond a module: macros and attributes, other files, symbols, code without a caller.
_REACHING = re.compile(r"\b(?:macro\w*|include\w*|extern|unsafe|\w*asm)\b|\bmod\s+\w+\s*;|[#$]")
_FOR = re.compile(r"\bfor\b(?:\s+(?P<type>\w+)|)(?P<loop>[^{};]{0,200}\bin\b|)")
_OWN = re.compile(r"\b(?:struct|enum)\s+(\w+)")
_RENAMED = re.compile(r"\b(?:type|as)\s+(\w+)")
# What a name may mean at the top although a module further in defines it.
_EVERYWHERE = frozenset(
    """bool char f32 f64 i128 i16 i32 i64 i8 isize str u128 u16 u32 u64 u8 usize
    Box Option Result String Vec""".split()  # noqa: SIM905
)
_GLOB = re.compile(r"\buse\s*(?:::\s*)?(?:std|core|alloc)\b[^;]*\*")
_USED = re.compile(r"\buse\b(.*)", re.DOTALL)


def own_paths(code: str, module: str) -> str:
    """``code`` with ``crate::`` meaning the answer's module, as it would if it were a whole crate."""
    return _CRATE.sub(lambda match: f"crate::{module}" if match["crate"] else match[0], code)


def without_comments(code: str) -> str:
    """``code`` with a space for every comment and for every literal of text."""
    return _COMMENTS_AND_TEXTS.sub(" ", code)


def own_types(bare: str) -> set[str]:
    """Names that can mean nothing but a type of the answer's own, in code without comments."""
    statements = bare.split(";")
    if any(map(_GLOB.search, statements)):
        return set()
    uses = map(_USED.search, statements)
    used = {name for use in uses if use for name in re.findall(r"\w+", use[1])}
    return set(_OWN.findall(bare)) - used - set(_RENAMED.findall(bare)) - _EVERYWHERE


def may_share(code: str) -> bool:
    """Whether an answer means the same in a module beside other answers, and they beside it.

    Only plain code does: no macros of its own, no attributes but harmless ones, nothing unsafe or
    from elsewhere, and traits implemented for its own types alone, as an implementation for a type
    of the library holds for everybody in the crate.
    """
    if len(code) > _LONGEST:
        return False
    code = _ATTRIBUTE.sub(" ", without_comments(code))
    if _LEFT_OPEN.search(code) or _REACHING.search(code):
        return False
    own = own_types(code)
    return all(match["loop"] or match["type"] in own for match in _FOR.finditer(code))
