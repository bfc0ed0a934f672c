"""Chains of equations: what does not follow, and what leaves steps out."""

from __future__ import annotations

import pytest

from harness.graders.chain import Chain, chain_lines
from harness.records import Completion
from tests.graders.tasks import task

GRADER = Chain("(x + 2)^2 - x^2", "4x + 4", {"x": "real"})
WHOLE = ["(x + 2)^2 - x^2", "x^2 + 4x + 4 - x^2", "4x + 4"]

CHAINS: dict[str, tuple[list[str], str | None, int | None]] = {
    "step by step": (WHOLE, None, None),
    "in LaTeX": ([r"(x+2)^{2} - x^{2}", r"x^{2} + 4x + 4 - x^{2}", r"4x + 4"], None, None),
    "with more steps": (
        [WHOLE[0], "(x + 2)(x + 2) - x^2", "x^2 + 2x + 2x + 4 - x^2", "x^2 + 4x + 4 - x^2", "4x + 4"],
        None, None,
    ),
    "a line twice": ([WHOLE[0], *WHOLE], None, None),
    "terms in another order": ([WHOLE[0], "4x + x^2 + 4 - x^2", "4 + 4x"], None, None),
    "a wrong line": ([WHOLE[0], "x^2 + 2x + 4 - x^2", "4x + 4"], "wrong_answer", 2),
    "wrong and mended again": ([*WHOLE[:2], "5x + 4", "4x + 4"], "wrong_answer", 3),
    "another beginning": (["x^2 + 4x + 4 - x^2", "4x + 4"], "wrong_answer", 1),
    "another end": (WHOLE[:2], "wrong_answer", 2),
    "an end that is not worked out": ([*WHOLE, "4x + 2 + 2"], "wrong_answer", 4),
    "a jump": (["(x + 2)^2 - x^2", "4x + 4"], "jump", 2),
    "prose": (["It is clear"], "malformed_answer", None),
    "nothing": ([], "malformed_answer", None),
}  # fmt: skip


@pytest.mark.parametrize("case", CHAINS)
def test_chains(case: str) -> None:
    lines, error_type, wrong = CHAINS[case]
    verdict = GRADER.grade(task(""), Completion(output="CHAIN:\n" + "\n= ".join(lines)))
    assert (verdict.passed, verdict.error_type) == (error_type is None, error_type)
    assert verdict.metrics.get("first_wrong") == wrong


@pytest.mark.parametrize(
    "text",
    [
        "I expand.\n\nCHAIN:\na\n= b\n= c",
        "**CHAIN:**\n\n$a$\n$= b$\n$= c$",
        "CHAIN:\n```\na\n= b\n= c\n```",
        "CHAIN:\n\\begin{align*}\na \\\\\n&= b \\\\\n&= c\n\\end{align*}",
        "CHAIN:\n1. a\n2. = b\n3. = c",
        "a\n= b\n= c",
    ],
)
def test_lines_of_a_chain(text: str) -> None:
    assert chain_lines(text) == ["a", "b", "c"]


def test_a_chain_has_bounds() -> None:
    verdict = GRADER.grade(task(""), Completion(output="CHAIN:\n" + "\n= ".join(["x"] * 31)))
    assert verdict.error_type == "malformed_answer"
