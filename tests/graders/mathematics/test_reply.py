"""Where the answer stands in what a model says."""

from __future__ import annotations

import pytest

from harness.graders.mathematics.reply import answer_text

REPLIES = {
    "the marker": ("We get 4.\nANSWER: 5", "5"),
    "the last marker": ("ANSWER: 4\nNo, wrong.\nANSWER: 5\n", "5"),
    "a marker in bold": ("**ANSWER:** 5", "5"),
    "a marker in bold with its answer": ("**Answer: 5.**", "5"),
    "a marker in other words": ("Final Answer: $x = 5$", "$x = 5$"),
    "a marker in a heading": ("### Answer: 5", "5"),
    "the marker wins over a box before it": ("\\boxed{4}\nANSWER: 5", "5"),
    "a box behind the marker": ("ANSWER: $\\boxed{5}$", "5"),
    "the marker and then a line": ("ANSWER:\n5", "5"),
    "a formula below the marker": ("ANSWER:\n\\[\n\\frac{1}{2}\n\\]", "\\[\n\\frac{1}{2}\n\\]"),
    "a matrix of several lines": (
        "ANSWER: \\begin{pmatrix}\n1 & 2 \\\\\n3 & 4\n\\end{pmatrix}\nDone.",
        "\\begin{pmatrix}\n1 & 2 \\\\\n3 & 4\n\\end{pmatrix}",
    ),
    "the last box": ("\\boxed{4}, but then \\boxed{\\frac{1}{2}}, so it is.", "\\frac{1}{2}"),
    "boxes in each other": ("\\boxed{\\boxed{5}}", "{5}"),
    "a box with a set": ("So \\boxed{\\{1, 2\\}}.", "\\{1, 2\\}"),
    "the last line": ("We add.\n\n5", "5"),
    "the last line in words": ("We add.\nThe answer is 5.", "5"),
    "code marks": ("ANSWER: `5`", "5"),
    "a full stop behind a decimal": ("ANSWER: 0.5.", "0.5"),
    "reasoning is no answer": ("<think>ANSWER: 4</think>\nANSWER: 5", "5"),
    "a fence": ("```\nANSWER: 5\n```", "5"),
    "stars are powers too": ("ANSWER: 2**3*x", "2**3*x"),
    "a marker in LaTeX": (r"$\textbf{ANSWER:} 5$", "5$"),
    "a marker as a text": (r"\text{Answer: } 5", "5"),
    "nothing": ("", ""),
    "nothing behind the marker": ("ANSWER:", ""),
    "carriage returns": ("ANSWER: 5\r\n", "5"),
}


@pytest.mark.parametrize("case", REPLIES)
def test_the_answer_is_found(case: str) -> None:
    reply, answer = REPLIES[case]
    assert answer_text(reply) == answer
