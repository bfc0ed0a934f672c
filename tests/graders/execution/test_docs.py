"""Where documentation stands in three languages, what of it can be run, and what of it is not so."""

from __future__ import annotations

import pytest

from harness.graders.execution.docs import docs_of, examples, structure, texts
from harness.graders.execution.syntax import parse, syntax_of

PYTHON = '''\
"""A module."""


def load(path, mode="r", times=3):
    """Load.

    >>> load("x")
    1
    """
    # a remark
    "no docstring"
    return 1


class Box:
    def __init__(self): pass

    @property
    def size(self):
        return 1

    def _own(self): pass


class Broken(Exception):
    """It is."""
'''
RUST = """\
//! A crate.
/// A box.
///
/// ```
/// # use boxes::Box;
/// Box::new();
/// ```
#[derive(Debug)]
pub struct Box { size: u32 }
impl Box {
    pub fn new() -> Self { Box { size: 1 } } // no documentation
    /// Its size.
    pub fn size(&self) -> u32 { self.size }
    fn own(&self) {}
}
impl Clone for Box { fn clone(&self) -> Self { Box { size: 1 } } }
pub const LIMIT: u32 = 5;
"""
GO = """\
// Package boxes is one.
package boxes

// Box is a box.
// It has a size.
type Box struct{ size int }

// a remark

func New() *Box { return nil }

// Size is told.
func (b *Box) Size() int { return 1 }

const (
	// Least is told.
	Least = 1
	Most  = 2
)
"""


@pytest.mark.parametrize(
    ("language", "code", "missing"),
    [("python", PYTHON, ["Box", "size"]), ("rust", RUST, ["new", "LIMIT"]), ("go", GO, ["New", "Most"])],
)
def test_what_is_public_and_not_documented(language: str, code: str, missing: list[str]) -> None:
    public = docs_of(language).public(parse(code, syntax_of(language)).root_node)
    assert [name for name, documented in public if not documented] == missing


def test_the_texts() -> None:
    assert texts("a.py", PYTHON, "python") == ["A module.", 'Load.\n\n>>> load("x")\n1', "It is."]
    rust = texts("a.rs", RUST, "rust")
    assert rust[0].startswith("A crate.\nA box.\n\n```\n") and rust[1:] == ["Its size.\n"]
    assert texts("a.go", GO, "go") == [
        "Package boxes is one.\n", "Box is a box.\nIt has a size.\n", "Size is told.\n", "Least is told.",
    ]  # fmt: skip
    assert texts("README.md", "# All\n", "go") == ["# All\n"]


SAME = {
    "python": [('"""Load.', '"""Loads it.'), ("# a remark", "# another"), ('    """It is."""', "    pass")],
    "rust": [("/// Its size.\n", "/// Other.\n/// More.\n"), (" // no documentation", "")],
    "go": [("// Box is a box.\n", ""), ("// a remark", "/* x */")],
}
OTHER = {
    "python": [("return 1", "return 2"), ('"no docstring"', "'other'"), ("times=3", "times=4")],
    "rust": [("size: 1", "size: 2"), ("pub fn new", "fn new")],
    "go": [("size int", "size, x int"), ("Most  = 2", "Most = 3")],
}


@pytest.mark.parametrize(("language", "code"), [("python", PYTHON), ("rust", RUST), ("go", GO)])
def test_documentation_is_no_part_of_the_code(language: str, code: str) -> None:
    before = structure(code, language)
    for old, new in SAME[language]:
        assert old in code and structure(code.replace(old, new), language) == before, old
    for old, new in OTHER[language]:
        assert old in code and structure(code.replace(old, new, 1), language) != before, old


ATTRIBUTES = '''\
LIMIT = 5
"""Of a module."""


@dataclass
class Box:
    size: int
    """Of a class."""
    colour: str = "red"

    # a remark
    "Below a remark."

    def __init__(self):
        self.full = False
        """Of an instance."""
'''
BARE = """\
LIMIT = 5
@dataclass
class Box:
    size: int
    colour: str = "red"
    def __init__(self):
        self.full = False
"""


def test_python_documents_attributes_below_them() -> None:
    assert structure(ATTRIBUTES, "python") == structure(BARE, "python")
    assert texts("a.py", ATTRIBUTES, "python") == [
        "Of a module.", "Of a class.", "Below a remark.", "Of an instance.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "code",
    [
        'a = 1\n"One."\n"Two, below no assignment."\n',
        'a = 1\nend()\n"Below a call."\n',
        'a = 1\nf"{end()}"\n',
        'def f():\n    f"{end()}"\n',
        'def f():\n    a = 1\n    "Of a name in a function."\n',
        'def __init__(self):\n    a = 1\n    "Of a name in a function."\n',
        'class A:\n    def fill(self):\n        self.a = 1\n        "Not in __init__."\n',
        'if a:\n    b = 1\n    "In a branch."\n',
    ],
)
def test_other_strings_of_python_are_code(code: str) -> None:
    assert "string" in {kind for _, kind, _ in structure(code, "python")}


def test_indentation_is_code() -> None:
    inside, behind = ("if a:\n    b()\n    c()\n", "if a:\n    b()\nc()\n")
    assert structure(inside, "python") != structure(behind, "python")


@pytest.mark.parametrize(
    ("text", "untrue"),
    [
        ("Args:\n    path: Where.\n    mode (str): How, defaults to 'r'.\n    times: Defaults to 3.", []),
        ("Args:\n    file: Where.", ["load: there is no parameter file"]),
        ("Args:\n    times: How often. Default: 5.", ["load: the default of times is 3, not 5"]),
        ("Args:\n    path: Where; defaults to None.", ["load: the default of path is not there, not None"]),
        ("Args:\n    None", []),
        ("Parameters\n----------\npath : str\n    Where.\nwho : str\n", ["load: there is no parameter who"]),
        (":param str path: where\n:param who: who\n:raises LostError: never", [
            "load: there is no parameter who", "load: nobody raises LostError"]),
        ("Raises:\n    OSError: If.\n    Broken: If.\n    LostError: If.", ["load: nobody raises LostError"]),
        ("Returns:\n    file: the file.\n\nNote:\n    who: nobody.", []),
        ("Args:\n    times: It defaults to the time of day.", []),
    ],
)  # fmt: skip
def test_what_a_docstring_says_of_the_signature(text: str, untrue: list[str]) -> None:
    code = PYTHON.replace('"""Load.', '"""Load.\n\n    ' + text.replace("\n", "\n    ") + "\n")
    root = parse(code, syntax_of("python")).root_node
    assert list(docs_of("python").untrue(root, frozenset({"Broken"}))) == untrue


def test_examples_become_drivers() -> None:
    readme = "```python\nimport boxes\n```\n\n```sh\nls\n```\n\n```\nnone\n```\n"
    python = examples(
        {"README.md": readme, "boxes/__init__.py": PYTHON, "boxes/more.py": "x = 1\n"}, "python"
    )
    assert list(python) == ["README.md", "boxes/__init__.py"]
    assert "import_module('boxes')" in python["boxes/__init__.py"] and "import boxes" in python["README.md"]
    rust = examples(
        {"README.md": "```rust,ignore\nx\n```\n```rust\nfn main() {}\n```\n", "src/lib.rs": RUST}, "rust"
    )
    assert list(rust) == ["README.md 1", "src/lib.rs 1"]
    assert (
        "pub fn main()" in rust["README.md 1"]
        and "        use boxes::Box;\nBox::new();" in rust["src/lib.rs 1"]
    )
    go = examples({"README.md": "```go\npackage main\n\nfunc main() {}\n```\n", "a.go": GO}, "go")
    assert go["README.md 1"].startswith("package driver\n") and "emit(0)" in go["README.md 1"]
