"""Files of ``func Test…(t *testing.T)`` as a program of our own, and the answer as the package it tests.

The answer has a package apart, which the tests import with a dot, so that it sees none of their
tables. Tests that use what is not exported have to share its package (``internal``). The
answer's package has the last of all names: Go initialises it when the nonce has been read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tree_sitter import Node

from harness.graders.execution.extract import Refused
from harness.graders.execution.syntax import definitions, parse
from harness.graders.languages.go.source import in_package, path_of
from harness.graders.languages.go.syntax import SYNTAX
from harness.graders.languages.go.toolchain import PACKAGES
from harness.nodes import name_of, text_of, walk
from harness.sandbox.base import Outcome

TESTIFY = "github.com/stretchr/testify/assert"
ANSWER, TESTS = "zzz/answer", "zzz/tests"
ANSWER_REFUSED = 67  # the exit code where the answer alone does not compile
_REPORT, _ASSERT = (Path(__file__).with_name(f"{name}.go") for name in ("report", "testify"))
_MARK = "HarnessAnswer"  # what every test file uses of the answer, so that the import is never idle
_TEST = re.compile(r"Test(?![a-z])\w*")
# The heap can be written out, and with it the nonce.
_BARRED = ("runtime/debug",)
_UNIVERSE = frozenset(
    (
        *("any", "append", "bool", "byte", "cap", "complex", "copy", "error", "false", "float32", "float64"),
        *("int", "int16", "int32", "int64", "int8", "iota", "len", "make", "max", "min", "new", "nil"),
        *("rune", "string", "true", "uint", "uint16", "uint32", "uint64", "uint8", "uintptr"),
    )
)


@dataclass(frozen=True, slots=True)
class TestFiles:
    """The test files of one package, and the names of their tests in order."""

    files: Mapping[str, str]
    tests: tuple[str, ...]
    testify: bool
    internal: bool

    def program(self, answer: Mapping[str, str], package: str = "answer") -> dict[str, str]:
        """All files of the program: ``answer`` are the answer's by name, of ``package``."""
        listed = "".join(f'\t\t{{Name: "{name}", F: tests.{name}}},\n' for name in self.tests)
        main = f'package main\n\nimport (\n\t"harness/report"\n\t"testing"\n\t"{TESTS}"\n)\n\n'
        main += f"func main() {{\n\treport.Main([]testing.InternalTest{{\n{listed}\t}})\n}}\n"
        own, package = ("tests", "tests") if self.internal else ("answer", package)
        return {
            **{f"{own}/{name}": text for name, text in answer.items()},
            f"{own}/mark.go": f"package {package}; type {_MARK} struct{{}}\n",
            **{f"tests/{name}": text for name, text in self.files.items()},
            "report.go": _REPORT.read_text("utf-8"),
            "assert.go": _ASSERT.read_text("utf-8"),
            "main.go": main,
        }

    def script(self, alias: str = "", reporting: bool = False) -> str:
        """The commands that build ``program/program``, for ``build.built``.

        Tests may import the answer as ``alias`` too; with ``reporting`` it may import ``harness/report``.
        """
        compiler = '"$TOOLS/compile" {compile}'
        lines = [
            'cp "$LIBRARY/link.cfg" all.cfg; cp "$LIBRARY/compile.cfg" offered.cfg',
            f"{compiler} -p harness/report -importcfg all.cfg -o report.a report.go || exit 66",
        ]
        if self.testify:
            lines.append(f"{compiler} -p {TESTIFY} -importcfg all.cfg -o assert.a assert.go || exit 66")
            lines.append(f"echo packagefile {TESTIFY}=assert.a >> offered.cfg")
            lines.append(f"echo packagefile {TESTIFY}=assert.a >> all.cfg")
        if not self.internal:
            lines.append("cp offered.cfg answer.cfg")
            lines += ["echo packagefile harness/report=report.a >> answer.cfg"] if reporting else []
            lines.append(
                f"{compiler} -p {ANSWER} -importcfg answer.cfg -o answer.a answer/*.go"
                f" || exit {ANSWER_REFUSED}"
            )
            lines.append(f"echo packagefile {ANSWER}=answer.a | tee -a all.cfg >> offered.cfg")
            lines += [f"echo importmap {alias}={ANSWER} >> offered.cfg"] if alias else []
        lines += [
            f"{compiler} -p {TESTS} -importcfg offered.cfg -o tests.a tests/*.go || exit 65",
            f"echo packagefile {TESTS}=tests.a >> all.cfg",
            "echo packagefile harness/report=report.a >> all.cfg",
            f"{compiler} -p main -importcfg all.cfg -o main.a main.go || exit 66",
            '"$TOOLS/link" {link} -importcfg all.cfg -o program/program main.a || exit 66',
        ]
        return "\n".join(lines) + "\n"


def read(
    sources: Mapping[str, str], *, internal: bool, offered: Collection[str] = (*PACKAGES, TESTIFY)
) -> TestFiles:
    """Find the tests of some files that import only what is ``offered``. Raises ``ValueError``."""
    files, tests, testify = {}, [], False
    for name, source in sources.items():
        root = parse(source, SYNTAX).root_node
        clause = next((node for node in root.children if node.type == "package_clause"), None)
        if root.has_error or clause is None or not re.fullmatch(r"\w+\.go", name):
            raise ValueError(f"`tests` {name}: not a Go file")
        for path in imports(root):
            testify |= path == TESTIFY
            if path not in offered:
                raise ValueError(f"`tests` {name}: imports {path!r}, which is not offered here")
        if "TestMain" in _functions(root):
            raise ValueError(f"`tests` {name}: has a TestMain, which is not called here")
        tests += [test for test in _functions(root) if _TEST.fullmatch(test)]
        raw = source.encode()
        before, behind = raw[: clause.start_byte].decode(), raw[clause.end_byte :].decode()
        dot, use = ("", "") if internal else (f'; import . "{ANSWER}"', f"\ntype _ = {_MARK}\n")
        files[name] = f"{before}package tests{dot}{behind}{use}"
    return TestFiles(files, tuple(tests), testify, internal)


def answer(text: str, prelude: str, offered: Sequence[str], *, internal: bool) -> str:
    """A prepared answer as a file: with imports of ``offered`` that it forgot, and helpers that it relies on.

    Raises ``Refused``.
    """
    syntax = SYNTAX
    tree = parse(in_package(text, "p"), syntax)
    own = definitions(tree)
    if internal and (taken := sorted(own & _UNIVERSE)):
        raise Refused(f"redefines {taken[0]}")
    has = imports(tree.root_node)
    for path in has:
        if path in _BARRED:
            raise Refused(f"imports {path!r}, which is not offered here")
    for node in parse(f"package p\n{prelude}", syntax).root_node.children:
        named = definitions(parse(f"package p\n{text_of(node)}", syntax))
        if node.type.endswith("_declaration") and node.type != "import_declaration" and not named & own:
            text += f"\n{text_of(node)}\n"
    used = set(_qualifiers(parse(f"package p\n{text}", syntax).root_node))
    forgotten = [path for path in offered if path not in has and path.rpartition("/")[2] in used]
    package = "tests" if internal else "answer"
    return "; ".join([f"package {package}", *(f'import "{path}"' for path in forgotten), text])


def imports(root: Node) -> list[str]:
    """The paths that a file imports."""
    return [path_of(node) for node in walk(root) if node.type == "import_spec"]


def words(stderr: bytes, tests: Collection[str]) -> dict[str, str]:
    """What the testing package printed of each failed test: its first line."""
    text = stderr.decode(errors="replace")
    failures = re.findall(r"^--- FAIL: (\w+) .*\n(?:\s+--- FAIL.*\n)*\s+(.+)", text, re.MULTILINE)
    return {name: line for name, line in failures if name in tests}


def with_words(outcome: Outcome, nonce: str, tests: Sequence[str]) -> bytes:
    """The reports, with what the testing package printed of the failures."""
    failures = words(outcome.stderr, tests)
    channel = outcome.stdout.decode(errors="replace")
    for index, name in enumerate(tests):
        if name in failures:
            channel = channel.replace(f"{nonce} {index} failed\n", f"{nonce} {index} {failures[name]}\n")
    return channel.encode()


def _functions(root: Node) -> Iterator[str]:
    for node in root.children:
        if node.type == "function_declaration":
            yield name_of(node)


def _qualifiers(root: Node) -> Iterator[str]:
    """What stands before the dot in ``strings.Split`` and ``time.Duration``."""
    for node in walk(root):
        operand = node.child_by_field_name("operand" if node.type == "selector_expression" else "package")
        if operand is not None and operand.type in ("identifier", "package_identifier"):
            yield text_of(operand)
