"""What importers look up in files of Go: imports, items, and whether a file is built here at all."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable

from simpleeval import InvalidExpression, simple_eval

from harness.importers.code import nodes_of
from harness.nodes import text_of

_SYSTEMS = (
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "illumos",
    "ios",
    "js",
    "netbsd",
    "openbsd",
    "plan9",
)
_OTHERS = frozenset((*_SYSTEMS, "solaris", "wasip1", "windows", "zos"))
_MACHINES = {"x86_64": "amd64", "aarch64": "arm64", "i686": "386"}
_ALL_MACHINES = frozenset(
    (*_MACHINES.values(), "arm", "loong64", "mips", "mips64", "ppc64le", "riscv64", "s390x", "wasm")
)
_CONSTRAINT = re.compile(r"^//go:build (.*)$", re.MULTILINE)
_OLD_CONSTRAINT = re.compile(r"^// ?\+build (.*)$", re.MULTILINE)  # lines: and; words: or; commas: and
_TAG = re.compile(r"[\w.]+")


def go_imports(code: str) -> list[str]:
    """The import paths of Go code, in order."""
    paths = (node.child_by_field_name("path") for node in nodes_of(code, "go") if node.type == "import_spec")
    return list(dict.fromkeys(text_of(path).strip('"`') for path in paths if path is not None))


def go_items(code: str) -> str:
    """The file without its package clause and imports."""
    root = next(nodes_of(code, "go"))
    kept = (node for node in root.children if node.type not in ("package_clause", "import_declaration"))
    return "\n".join(text_of(node) for node in kept if text_of(node).strip()).strip()


def with_imports(code: str, offered: Iterable[str]) -> str:
    """The file with those of the ``offered`` imports that it makes use of and forgot."""
    has = go_imports(code)
    operands = (node.child_by_field_name("operand") for node in nodes_of(code, "go"))
    packages = (node.child_by_field_name("package") for node in nodes_of(code, "go"))
    used = {text_of(node) for node in (*operands, *packages) if node is not None}
    forgotten = [path for path in offered if path not in has and path.rpartition("/")[2] in used]
    clause = next(
        (node for node in next(nodes_of(code, "go")).children if node.type == "package_clause"), None
    )
    if not forgotten or clause is None:
        return code
    lines = "".join(f'\nimport "{path}"' for path in forgotten)
    raw = code.encode()
    return (raw[: clause.end_byte] + lines.encode() + raw[clause.end_byte :]).decode()


def unexported(names: Iterable[str]) -> bool:
    """Whether any of the names can be seen inside its package only."""
    return any(not name[:1].isupper() for name in names)


def go_builds(name: str, code: str) -> bool:
    """Whether ``go test`` builds the file on Linux, by the end of its name and its build constraint."""
    machine = _MACHINES.get(platform.machine(), platform.machine())
    ends = name.removesuffix(".go").removesuffix("_test").split("_")[1:][-2:]
    if any(end in _OTHERS or (end in _ALL_MACHINES and end != machine) for end in ends):
        return False
    clause = re.search(r"^package ", code, re.MULTILINE)
    before = code[: clause.start()] if clause else code
    if (constraint := _CONSTRAINT.search(before)) is not None:
        wanted = constraint[1].strip()
    else:
        lines = (line.split() for line in _OLD_CONSTRAINT.findall(before))
        wanted = " && ".join("(" + " || ".join(words).replace(",", " && ") + ")" for words in lines if words)
    if not wanted:
        return True
    here = {"linux", "unix", "gc", "cgo", machine}
    words = _TAG.sub(lambda tag: str(tag[0] in here or tag[0].startswith("go1.")), wanted)
    words = words.replace("&&", " and ").replace("||", " or ").replace("!", " not ")
    try:
        return bool(simple_eval(words, names={"True": True, "False": False}))
    except (InvalidExpression, SyntaxError):
        return True  # Go itself would refuse the file, and say why
