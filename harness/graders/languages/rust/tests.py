"""A file of ``#[test]`` functions as a program of our own, and the answer as the crate it tests.

libtest's report could be printed by anybody, so its attributes are taken out of the file and
``report.rs`` runs the functions. That also runs the ignored ones. The answer is a
crate of its own, compiled before the tests are written, without unsafe code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from tree_sitter import Node

from harness.graders.execution.extract import Refused
from harness.graders.execution.syntax import parse
from harness.graders.languages.rust import source
from harness.graders.languages.rust.syntax import SYNTAX
from harness.nodes import name_of, text_of, walk

_REPORT = Path(__file__).with_name("report.rs")
_TAKEN_OUT = {"test", "ignore", "should_panic", "cfg(test)"}
_FEATURE = re.compile(r'cfg\(feature\s*=\s*"([^"]+)"\)')
_EXPECTED = re.compile(r'should_panic\s*(?:=|\(\s*expected\s*=)\s*"((?:[^"\\]|\\.)*)"')
# What tests take for granted, and a glob import of the answer's items would replace.
_MACROS = frozenset(
    (
        *(
            "assert",
            "assert_eq",
            "assert_ne",
            "debug_assert",
            "debug_assert_eq",
            "debug_assert_ne",
            "matches",
        ),
        *("panic", "vec", "format", "unreachable", "todo", "unimplemented", "print", "println", "write"),
    )
)
_TYPES = frozenset(
    (
        *("String", "Vec", "Option", "Some", "None", "Ok", "Err", "Box", "PartialEq", "Eq", "PartialOrd"),
        *("bool", "char", "str", "f32", "f64", "usize", "isize", "i8", "i16", "i32", "i64", "i128"),
        *("Ord", "u8", "u16", "u32", "u64", "u128"),
    )
)
_EQUALITY = re.compile(r"\bPartialEq\s*<")
_FOR = re.compile(r"\s*for\s+([^{]+?)\s*(?:\bwhere\b|\{)")
_WORD = re.compile(r"\w+")
_LONGEST_TYPE = 1000  # characters
_COMPARISONS = 200  # of types, each of which is looked at
_OF_LIBRARY = re.compile(r"use\s+(?:::)?(?:std|core|alloc)\b")
_NEVER_PUBLIC = ("macro_definition", "impl_item", "extern_crate_declaration")


@dataclass(frozen=True, slots=True)
class RustTest:
    """One test function: its path in the file, and for ``#[should_panic]`` the words expected."""

    path: str
    panics: str | None = None


@dataclass(frozen=True, slots=True)
class TestFile:
    """The file without its test attributes, and its tests. ``text`` keeps every line where it was."""

    text: str
    tests: tuple[RustTest, ...]

    def files(self, crate: str, pin: str, before: str = "") -> dict[str, str]:
        """The files of the program that runs the tests on the answer's ``crate``, after a statement."""
        tests = "".join(
            f"({index}, {_literal(test.panics)}, || harness_report::Outcome::result({test.path}())),\n"
            for index, test in enumerate(self.tests)
        )
        own = f"extern crate {crate};" if f"extern crate {crate}" not in self.text else ""
        glob = f"use {crate}::*;" if not re.search(rf"\b{crate}\b", self.text) else ""
        main = f"fn main() {{ {before} harness_report::run(&[\n{tests}]) }}"
        lines = [self.text, own, glob, pin, "mod harness_report;", main]
        return {"tests.rs": "\n".join(lines), "harness_report.rs": _REPORT.read_text("utf-8")}


def read(source: str, features: Collection[str]) -> TestFile:
    """Find the tests of a file; those of features that are off are not there.

    Raises ``ValueError`` for a file whose tests come out of a macro, where they cannot be found.
    """
    root = parse(source, SYNTAX).root_node
    for node in root.children:
        if node.type == "macro_definition" and "#[test]" in text_of(node):
            raise ValueError("`tests` are made by a macro")
    edits: list[tuple[int, int, bytes]] = []
    tests = tuple(_collect(root, "", frozenset(features), edits))
    raw = source.encode(errors="replace")
    for start, end, new in sorted(edits, reverse=True):
        raw = raw[:start] + new + raw[end:]
    return TestFile(raw.decode(errors="replace"), tests)


def candidate(code: str, prelude: str, names: Collection[str]) -> str:
    """The answer's crate: the wanted items public, ``prelude`` for what it does not define itself.

    With a prelude the tests live where the answer does, so they see its imports too. Raises ``Refused``.
    """
    root = parse(code, SYNTAX).root_node
    for name in _dangerous(root):
        raise Refused(f"defines `{name}`, which the tests need as it is")
    bare = source.without_comments(code)
    if re.search(r"\bPartialEq\s+as\b", bare):
        raise Refused("gives another name to `PartialEq`, which the tests need as it is")
    if bare.count("PartialEq") > _COMPARISONS:
        raise Refused(f"names `PartialEq` more than {_COMPARISONS} times")
    for own, other in _equals(bare):
        raise Refused(f"defines when `{own}` equals `{other}`, which the tests need as it is")
    if not prelude.strip():
        return _public(code, names)
    shared = _public(prelude, None, imports=True)
    own = _public(code, names, imports=True)
    return f"{own}\nmod harness_prelude {{\n{shared}\n}}\npub use harness_prelude::*;\n"


def pin(signature: str, name: str) -> str:
    """A declaration that only compiles if ``name`` has the parameters and the result of ``signature``.

    Nothing, where a function pointer cannot say it.
    """
    if not signature or re.search(r"'|\bimpl\b|\bwhere\b|\basync\b", signature):
        return ""
    root = parse(signature + " {}", SYNTAX).root_node
    function = root.children[-1] if root.children else root
    parameters = function.child_by_field_name("parameters")
    if function.child_by_field_name("type_parameters") is not None or parameters is None:
        return ""
    types = [
        text_of(kind) for child in parameters.named_children for kind in child.children_by_field_name("type")
    ]
    result = function.child_by_field_name("return_type")
    returns = f" -> {text_of(result)}" if result is not None else ""
    return f"const _: fn({', '.join(types)}){returns} = {name};"


def _collect(
    parent: Node, path: str, features: frozenset[str], edits: list[tuple[int, int, bytes]]
) -> Iterator[RustTest]:
    attributes: list[Node] = []
    for node in parent.children:
        if node.type == "attribute_item":
            attributes.append(node)
        elif "comment" not in node.type:
            texts = [text_of(attribute)[2:-1].strip() for attribute in attributes]
            for attribute, text in zip(attributes, texts, strict=True):
                if text in _TAKEN_OUT or text.split("(")[0].split("=")[0].strip() in _TAKEN_OUT:
                    edits.append((attribute.start_byte, attribute.end_byte, _blank(attribute)))
            named = (_FEATURE.fullmatch(text) for text in texts)
            if all(match[1] in features for match in named if match):
                yield from _tests(node, texts, path, features, edits)
            attributes = []


def _tests(
    node: Node,
    attributes: list[str],
    path: str,
    features: frozenset[str],
    edits: list[tuple[int, int, bytes]],
) -> Iterator[RustTest]:
    """The tests that an item is or holds; they become visible to the one who runs them."""
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    is_test = node.type == "function_item" and "test" in attributes
    if name is None or body is None or not (is_test or node.type == "mod_item"):
        return
    if not any(child.type == "visibility_modifier" for child in node.children):
        edits.append((node.start_byte, node.start_byte, b"pub "))
    if is_test:
        yield RustTest(path + text_of(name), _panics(attributes))
    else:
        yield from _collect(body, f"{path}{text_of(name)}::", features, edits)


def _panics(attributes: list[str]) -> str | None:
    for text in attributes:
        if text.startswith("should_panic"):
            match = _EXPECTED.match(text)
            return match[1] if match else ""
    return None


def _literal(panics: str | None) -> str:
    return "None" if panics is None else f'Some("{panics}")'


def _dangerous(root: Node) -> Iterator[str]:
    """Names that the answer gives to something of its own, and that its tests rely on."""
    for node in walk(root):
        text = text_of(node.child_by_field_name("alias" if node.type == "use_as_clause" else "name"))
        top = node.parent is not None and node.parent.type == "source_file"
        if text in _MACROS and node.type in ("macro_definition", "use_as_clause"):
            yield text
        if text in _TYPES and (top or node.type == "use_as_clause"):
            yield text


def _equals(code: str) -> Iterator[tuple[str, str]]:
    """Two types each time, one not the answer's own, that it makes comparable.

    A test compares what the answer returns with the library's values, so a type of the answer's own
    could call itself equal to all of them.
    """
    own = source.own_types(code)
    for match in _EQUALITY.finditer(code):
        other, rest = _bracketed(code[match.end() : match.end() + _LONGEST_TYPE])
        target = _FOR.match(rest)
        if target is None:
            continue  # a bound, not an implementation
        names = [" ".join(part.split()).removeprefix("&").strip() for part in (other, target[1])]
        heads = {re.split(r"[<:]", name)[0].strip() for name in names}
        parameters = code[max(0, match.start() - _LONGEST_TYPE) : match.start()].rpartition("impl")[2]
        if names[0] != "Self" and len(set(names)) > 1 and not heads <= own - set(_WORD.findall(parameters)):
            yield names[1], names[0]


def _bracketed(code: str) -> tuple[str, str]:
    """What stands before the bracket that closes one which was opened before, and what behind it."""
    depth = 1
    for at, c in enumerate(code):
        depth += (c == "<") - (c == ">" and code[at - 1 : at] != "-")
        if depth == 0:
            return code[:at], code[at + 1 :]
    return code, ""


def _public(code: str, names: Collection[str] | None, *, imports: bool = False) -> str:
    """The code with its top-level items of these names (``None``: all) public; imports of the library too."""
    raw = code.encode(errors="replace")
    for node in reversed(parse(code, SYNTAX).root_node.children):
        name = name_of(node)
        wanted = name and (names is None or name in names)
        library = imports and node.type == "use_declaration" and _OF_LIBRARY.match(text_of(node))
        closed = not any(child.type == "visibility_modifier" for child in node.children)
        if (wanted or library) and closed and node.type not in _NEVER_PUBLIC:
            raw = raw[: node.start_byte] + b"pub " + raw[node.start_byte :]
    return raw.decode(errors="replace")


def _blank(node: Node) -> bytes:
    return bytes(byte if byte == 10 else 32 for byte in node.text or b"")
