"""Functions, types and values of Go's library that its documentation calls deprecated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tree_sitter import Node

from harness.graders.execution.apis import ApiUse
from harness.graders.execution.syntax import parse
from harness.graders.languages.go.syntax import SYNTAX
from harness.graders.languages.go.toolchain import PACKAGES, go_command
from harness.nodes import text_of, walk
from harness.sandbox.base import Sandbox
from harness.trees import Tree

_DOCUMENTED = re.compile(r"^((?:\t?//.*\n)+)\t?(?:(?:func|type|var|const) )?([A-Z]\w*)", re.MULTILINE)
_DEPRECATED = re.compile(r"^\t?// ?Deprecated: ", re.MULTILINE)


def read_apis(codes: Tree, measured: Mapping[str, Any], sandbox: Sandbox) -> ApiUse:
    """An ``ApiReader``. What a package does not have is refused by the compiler."""
    return ApiUse(None, sum(1 for code in codes.values() for _ in _deprecated(parse(code, SYNTAX).root_node)))


def _deprecated(root: Node) -> Iterator[str]:
    packages = dict(_imported(root))
    for node in walk(root):
        if node.type in ("selector_expression", "qualified_type"):
            owner, _, name = text_of(node).partition(".")
            if packages.get(owner) in PACKAGES and name in deprecated_names(packages[owner]):
                yield f"{owner}.{name}"


def _imported(root: Node) -> Iterator[tuple[str, str]]:
    """The names under which packages are used, with their paths."""
    for node in walk(root):
        if node.type == "import_spec":
            path = text_of(node.child_by_field_name("path")).strip('"`')
            parts = [part for part in path.split("/") if not re.fullmatch(r"v\d+", part)] or [path]
            yield text_of(node.child_by_field_name("name")) or parts[-1], path


@cache
def deprecated_names(package: str) -> frozenset[str]:
    """The names of a package of the library that its sources call deprecated, methods and fields aside."""
    folder = Path(go_command()).resolve().parents[1] / "src" / package
    texts = (path.read_text("utf-8") for path in folder.glob("*.go") if not path.name.endswith("_test.go"))
    documented = (match for text in texts for match in _DOCUMENTED.finditer(text))
    return frozenset(match[2] for match in documented if _DEPRECATED.search(match[1]))
