from __future__ import annotations

import pytest

from harness.graders.execution.measure import size

PYTHON = '''# a comment
def f(x):
    """Text."""
    if x and x > 2:  # two ways
        return [a for a in x if a]

    elif x:
        return x
    return None
'''
RUST = """// a comment
fn f(x: i64) -> i64 {
    /* a
       longer one */
    if x > 1 && x < 5 { g(x)? } else { match x { 1 => 2, _ => 3 } }
}
"""
GO = """// a comment
func f(x int) int {
	for i := range x {
		if i > 1 || x > 2 { // two ways
			return i
		}
	}

	return 0
}
"""


@pytest.mark.parametrize(
    ("language", "code", "lines", "complexity"),
    [("python", PYTHON, 7, 6), ("rust", RUST, 3, 5), ("go", GO, 8, 4), ("python", "", 0, 1)],
)
def test_lines_without_comments_and_branches_are_counted(
    language: str, code: str, lines: int, complexity: int
) -> None:
    assert size(code, language) == (lines, complexity)


def test_broken_code_has_a_size_too() -> None:
    assert size("def f(:\n  if \ud800", "python")[0] == 2
