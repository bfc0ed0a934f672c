"""Functions, duplicates and signatures of three languages, against what a reader counts."""

from __future__ import annotations

import pytest

from harness.graders.execution.structure import WINDOW, Duplication, duplication, functions, signatures

CHAIN = {
    "python": """
def f(x):
    if x == 1:
        return a
    elif x == 2:
        return b
    else:
        return c
""",
    "rust": "fn f(x: i32) -> i32 {\n    if x == 1 { a } else if x == 2 { b } else { c }\n}\n",
    "go": """
func f(x int) int {
	if x == 1 {
		return a
	} else if x == 2 {
		return b
	} else {
		return c
	}
}
""",
}
CHOICE = {
    "python": """
def f(x):
    match x:
        case 1:
            return a
        case 2:
            return b
        case _:
            return c
""",
    "rust": "fn f(x: i32) -> i32 {\n    match x { 1 => a, 2 => b, _ => c }\n}\n",
    "go": """
func f(x int) int {
	switch x {
	case 1:
		return a
	case 2:
		return b
	default:
		return c
	}
}
""",
}


@pytest.mark.parametrize("language", ["python", "rust", "go"])
def test_a_choice_is_as_complex_as_the_same_chain_of_ifs(language: str) -> None:
    for code in (CHAIN[language], CHOICE[language]):
        (one,) = functions(code, language)
        assert (one.name, one.complexity, one.nesting) == ("f", 3, 1)


NESTED = """
def outer(rows):
    def inner(row):
        if row and row.ok:
            for cell in row:
                yield cell
    return [inner(row) for row in rows]

class A:
    def method(self):
        return lambda x: 1 if x else 2

top = lambda x: x or 1
"""


def test_what_is_nested_in_a_function_counts_with_it() -> None:
    shown = [(one.name, one.complexity, one.lines, one.nesting) for one in functions(NESTED, "python")]
    assert shown == [("outer", 5, 6, 2), ("method", 2, 2, 0), ("", 2, 1, 0)]


@pytest.mark.parametrize(
    ("code", "complexity"),
    [
        ("fn f() { let Some(y) = z else { return }; }", 2),
        ("fn f() { if let Some(x) = a && b {} }", 3),
        ("fn f() { match x { 1 if y => a, _ => b } }", 3),
        ("fn f() { assert!(a && b); x?; }", 3),
        ("macro_rules! m { () => { if x {} } }", 2),
        ("fn f() { let g = |x| if x { 1 } else { 2 }; }", 2),
    ],
)
def test_branches_that_rust_can_hide(code: str, complexity: int) -> None:
    assert [one.complexity for one in functions(code, "rust")] == [complexity]


BLOCK = """
    total = 0
    for {n}, price in enumerate({p}):
        if price > {n} and price % 7 != 3:
            total += price * 100 // 119 - {n}
        else:
            total -= ({n} + 2) * 5
    print("sum", total, len({p}), max({p}), min({p}))
"""  # of more than a window


def test_a_copy_with_other_names_is_a_copy() -> None:
    one, other = (
        f"def {name}({p}):{BLOCK.format(n=n, p=p)}" for name, n, p in (("f", "n", "p"), ("g", "k", "q"))
    )
    windows = duplication([one], "python").windows
    assert duplication([one], "python") == Duplication(windows, 0) and windows > 10
    for copies in ([one, other], [one + other]):
        assert duplication(copies, "python").duplicates == windows
    assert duplication([one, other.replace("119", "107")], "python").duplicates < windows
    assert duplication([one, other.replace("(k + 2)", "(q + 2)")], "python").duplicates < windows
    assert duplication(["# nothing\n" * 99, "x = 1\n"], "python") == Duplication(0, 0)


def test_the_repetition_of_a_line_is_no_copy_of_itself() -> None:
    assert duplication(["a.b = c\n" * (WINDOW // 5)], "python").duplicates == 0
    assert duplication(["a.b = c\n" * (2 * WINDOW // 5)], "python").duplicates == 1


PYTHON = '''
import os
LIMIT = 5
_hidden = 1
@dataclass(frozen=True)
class Cart(Base):
    """Text."""
    items: list[str]
    size: int = 3
    _seen: int = 0
    @property
    def total(self) -> int: return 1
    def _private(self): pass
    def __len__(self): return 0
class _Helper:
    def f(self): pass
async def load(path, *, mode: str = "r",) -> None: pass
def _quiet(): pass
'''
RUST = """
pub struct Cart<T> { pub items: Vec<T>, seen: bool }
pub struct Pair(pub i32, i32);
pub enum Kind { A, B(i32) }
struct Hidden { pub x: i32 }
pub trait Total { const C: i32; fn total(&self) -> i32 { 1 } }
impl<T> Cart<T> {
    pub fn new(items: Vec<T>, mut n: usize) -> Self { todo!() }
    fn own(&self) {}
    pub(crate) fn ours(&self) {}
}
impl Total for Kind { fn total(&self) -> i32 { 2 } }
pub const LIMIT: usize = 5;
mod inner { pub fn shown() {} }
pub mod outer { pub fn shown() {} }
"""
GO = """package p
type Cart struct {
	Items, More []string
	seen        bool
	Base
}
type Total interface{ Total() int }
type hidden struct{ X int }
const (
	Limit = 5
	least = 1
)
func New(items, more []string, n ...int) (*Cart, error) { var Local int; return nil, nil }
func (c *Cart) Total() int { return 1 }
func (c *Cart) own() {}
"""
OFFERED = {
    "python": """
LIMIT
@ dataclass ( frozen = True ) class Cart
Cart.items : list [ str ]
Cart.size : int = 3
@ property Cart.total: def total ( self ) -> int :
Cart.__len__: def __len__ ( self ) :
load: async def load ( path , * , mode : str = "r" ) -> None :
""",
    "rust": """
pub struct Cart < T >
Cart: pub items : Vec < T >
pub struct Pair
Pair: 1 i32
pub enum Kind
Kind: A
Kind: B ( i32 )
pub trait Total
Total: const C : i32
Total: fn total -> i32 (& self)
impl < T > Cart < T >: pub fn new -> Self (Vec < T >, usize)
pub const LIMIT : usize
outer::pub fn shown ()
""",
    "go": """
type Cart struct
Cart.Items [ ] string
Cart.More [ ] string
Cart.embedded Base
type Total interface { Total ( ) int }
Limit
New ([ ] string, [ ] string, ... int) (* Cart, error)
Total (* Cart) () int
""",
}


@pytest.mark.parametrize(("language", "code"), [("python", PYTHON), ("rust", RUST), ("go", GO)])
def test_what_a_program_offers(language: str, code: str) -> None:
    assert signatures(code, language) == OFFERED[language].strip().splitlines()


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (
            "python",
            "def f(a, b=1): return a\n",
            "def f(\n    a,  # first\n    b = 1,\n):\n    x = 1\n    return x\n",
        ),
        (
            "rust",
            "pub fn f(a: i32) -> i32 { a }",
            "pub fn f(\n    mut count: i32,\n) -> i32 { g(count) }\nfn g() {}",
        ),
        ("go", "package p\nfunc F(a int, b int) {}\n", "package p\n\nfunc F(x, y int) {\n\tg()\n}\n"),
    ],
)
def test_layout_and_bodies_are_no_part_of_it(language: str, before: str, after: str) -> None:
    assert signatures(before, language) == signatures(after, language)
