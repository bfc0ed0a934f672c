r"""MATH: answers in ``\boxed{}``, however they are nested."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import ConfigError
from harness.importers import read
from harness.importers.formulas import boxed, variables_in
from tests.importers.conftest import ProveTexts, WriteItems

_BRACED = st.recursive(
    st.text("abx+^_ 0123", min_size=1, max_size=5).map(str.strip).filter(bool),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda parts: rf"\f{{{'}{'.join(parts)}}}"),
    max_leaves=8,
)


@given(_BRACED, st.sampled_from([r"\boxed{%s}", r"\fbox{%s}", r"\boxed {%s}"]))
def test_braces_within_are_kept(answer: str, box: str) -> None:
    text = rf"First \boxed{{no}}, then ${box % answer}$. \text{{end}}"
    assert boxed(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (r"so $\boxed 5$.", "5"),
        (r"\boxed{\{1, 2\}}", r"\{1, 2\}"),
        (r"\boxed{\text{a } b}", r"\text{a } b"),
        (r"\boxed{x", None),
        ("no box", None),
    ],
)
def test_boxes_of_other_forms(text: str, answer: str | None) -> None:
    assert boxed(text) == answer


def test_a_folder_of_problems(tmp_path: Path, prove_texts: ProveTexts) -> None:
    for folder, number, answer in (
        ("algebra", 1, "42"),
        ("algebra", 2, r"\dfrac{3}{4}"),
        ("geometry", 1, "1{,}200"),
    ):
        (tmp_path / "MATH" / folder).mkdir(parents=True, exist_ok=True)
        problem = {
            "problem": f"Find it ({folder} {number}).",
            "level": f"Level {2 * number + 1}",
            "type": folder.title(),
            "solution": rf"We think, and so $\boxed{{{answer}}}$.",
        }
        (tmp_path / "MATH" / folder / f"{number}.json").write_text(json.dumps(problem, indent=2))
    imported = read("math", tmp_path / "MATH")
    about = [(task["id"], task["category"], task["difficulty"], task["reference"]) for task in imported.tasks]
    assert about[:2] == [
        ("algebra-1", "algebra", "intermediate", "42"),
        ("algebra-2", "algebra", "advanced", "3/4"),
    ]
    assert imported.tasks[0]["prompt"].endswith(r"\boxed{}.")
    assert prove_texts(imported) == {}


KINDS = {
    "numeric": [r"\frac{1}{2}", "10{,}000", r"5\text{ cm}", r"45^\circ", r"50\%", r"\$12.50", "-7"],
    "exact": [r"\text{even}", r"\text{(C)}"],
    "interval": ["[2,5)", r"(-\infty, 3) \cup (5, \infty)", r"x \ge 3", "[-1, 1]"],
    "tuple": [r"(3,\frac{\pi}{2})", r"\left( 1, 2 \right)", "(1, -2, 0)"],
    "set": ["1,-2", r"\{1, 2\}", r"3 \pm 2\sqrt{2}"],
    "matrix": [r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"],
    "expression": [r"\frac{\sqrt{3}}{3}", "x^2+2x-1", r"11\sqrt{2}", "3!", r"2\pi r", r"\frac{x+1}{(x-1)^2}"],
}


def test_every_kind_of_answer_is_judged_as_what_it_is(
    write_items: WriteItems, prove_texts: ProveTexts
) -> None:
    answers = [(kind, answer) for kind, listed in KINDS.items() for answer in listed]
    items = [{"problem": f"Find {n}.", "solution": rf"\boxed{{{a}}}"} for n, (_, a) in enumerate(answers)]
    imported = read("math", write_items(items))
    graders = [next(iter(task["grader"].items())) for task in imported.tasks]
    assert [options.get("kind", name) for name, options in graders] == [kind for kind, _ in answers]
    assert prove_texts(imported) == {}


@pytest.mark.parametrize(
    ("formula", "variables"), [(r"2\pi r + x^2", ["r", "x"]), (r"\sin x \text{ cm}", ["x"]), ("e^{2i}", [])]
)
def test_letters_that_stand_for_numbers(formula: str, variables: list[str]) -> None:
    assert variables_in(formula) == variables


def test_an_answer_by_itself_stands_before_the_solution(write_items: WriteItems) -> None:
    item = {"problem": "p", "solution": "none", "answer": "7", "level": 1, "unique_id": "test/a/1.json"}
    (task,) = read("math", write_items([item])).tasks
    assert (task["id"], task["reference"], task["difficulty"]) == ("test-a-1.json", "7", "beginner")


@pytest.mark.parametrize("solution", ["It is 7.", r"\boxed{7", r"\boxed{}"])
def test_a_solution_without_an_answer_is_named(write_items: WriteItems, solution: str) -> None:
    with pytest.raises(ConfigError, match=r"items\.jsonl:1: 'solution' has no \\boxed\{\} that is closed"):
        read("math", write_items([{"problem": "p", "solution": solution}]))
