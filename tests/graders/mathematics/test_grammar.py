"""The grammar reads or refuses, within its bounds, whatever it is given."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.graders.mathematics.cursor import NESTING, NODES, Node
from harness.graders.mathematics.grammar import parse
from harness.graders.mathematics.tokens import CHARACTERS, Unreadable

_PLAIN = "0 1 2 12 0.5 . , ; + - * / ^ _ ( ) [ ] { } | = < > ! % ° & x y n e i f C dx sinx or and U ½ ²"
_LATEX = r"""
    \frac \sqrt \sqrt[3] \left( \right) \{ \} \cup \infty \pi \sin \log \ln \pm \cdot \le \in \mathbb{R} \\
    \begin{pmatrix} \end{pmatrix} \boxed{ \overline{3} ^{\circ} \binom \lvert \rvert \mid \setminus $ \
    \text{cm} √ × − ∞ ∪ ≤
"""
PIECES = f"{_PLAIN} {_LATEX}".split()


def _size(node: Node) -> int:
    return 1 + sum(map(_size, node.args))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.booleans(), st.sampled_from(["", " "]))
def test_any_text_is_read_or_refused(pieces: list[str], grouped: bool, between: str) -> None:
    try:
        tree = parse(between.join(pieces), ["x", "y"], grouped=grouped)
    except Unreadable as error:
        assert str(error)
        return
    assert _size(tree) <= NODES


@pytest.mark.parametrize(
    "text",
    [
        "(" * 2000 + "x",
        "-" * 4000 + "1",
        "x^" * 1300 + "x",
        r"\sqrt" * 800 + "x",
        "sin " * 900 + "x",
        "{" * 2000 + "}" * 2000,
        "|" * 4000,
        r"\frac" * 800,
        "1+" * 2000 + "1",
        "x" * 4000,
        "!" * 4000,
        "½" * 4000,
        r"\text{" * 600 + "}" * 600,
        "1 " * 2000,
        "9" * 4096,
        "1," * 2000,
        "e" * (CHARACTERS + 1),
    ],
)
def test_bounds_hold_and_cost_no_time(text: str) -> None:
    started = time.process_time()
    with pytest.raises(Unreadable):
        parse(text, ["x"])
    assert time.process_time() - started < 5


def test_the_deepest_that_is_read() -> None:
    for depth, is_read in ((NESTING // 2 - 2, True), (NESTING + 1, False)):
        text = "(" * depth + "x" + ")" * depth
        if is_read:
            assert parse(text, ["x"]).op == "group"
        else:
            with pytest.raises(Unreadable, match="nested deeper"):
                parse(text, ["x"])
