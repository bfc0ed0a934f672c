"""What is counted of how a program is written, against what a reader counts."""

from __future__ import annotations

import pytest

from harness.graders.execution.quality import Quality, quality, with_quality
from harness.records import Verdict
from harness.sandbox.base import Sandbox

PYTHON = '''\
"""A module."""


def total_price(items):
    """The sum."""
    # Bulk discounts were agreed with the suppliers in May.
    total = 0
    for item in items:  # many
        if item.price > 0 and item.count:
            # Add the price of the item to the total
            total += item.price
    # ... rest of the code unchanged
    return total


def other(x):
    return x
'''


def test_a_program_in_figures() -> None:
    measured = quality({"a.py": PYTHON}, "python")
    assert measured == Quality(
        functions=2, complexity_max=4, complexity_mean=2.5, longest_function=10, nesting_max=2,
        duplicate_share=None, comment_share=round(4 / 14, 4), restating_comments=1, lazy_comments=1,
        documented_share=round(1 / 2, 4), unknown_attributes=None, deprecated_calls=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "comment", "restates"),
    [
        ("rust", "// increment the counter by 1\nlet counter = increment(counter, 1);", True),
        ("rust", "/// Increments the counter.\nlet counter = increment(counter, 1);", False),  # documentation
        ("go", "// set userName to name\nuserName = name", True),
        ("go", "// the protocol demands it\nuserName = name", False),
        ("python", "# name\nname = 1", False),  # a word alone says nothing
        ("python", "names = load_names()  # loads the names", True),
    ],
)
def test_comments_that_say_what_the_code_says(language: str, comment: str, restates: bool) -> None:
    code = (
        comment
        if language == "python"
        else f"fn f() {{\n{comment}\n}}\n".replace("fn", "func" * (language == "go") or "fn")
    )
    assert quality({"a": code}, language).restating_comments == int(restates)


def test_only_what_passes_is_measured(sandbox: Sandbox) -> None:
    passed, failed = (Verdict(ok, float(ok), "python", metrics={"x": 1}) for ok in (True, False))
    assert with_quality(failed, {"a.py": PYTHON}, "python", sandbox) == failed
    metrics = with_quality(passed, {"a.py": PYTHON}, "python", sandbox).metrics
    assert metrics["x"] == 1 and metrics["quality"]["complexity_max"] == 4
    assert metrics["quality"]["unknown_attributes"] == metrics["quality"]["deprecated_calls"] == 0
    assert with_quality(passed, {}, "python", sandbox) == passed  # nothing was written
