"""Every kind of check: what passes, what nearly does, and nothing at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.errors import ConfigError
from harness.filesections import read_record, section_of
from harness.graders.writing import CHECKS, TextCheck
from harness.graders.writing.text import WrittenText

PROMPT = "The old iron bridge at Kelmouth, built in 1894, will be taken down after all."
TABLE = "| A | B |\n|---|---|\n| 1 | 2 |"
PLAIN_ENGLISH = "The cat sat on the mat and the dog sat on the rug. " * 9
HARD_ENGLISH = (
    "International organisations unanimously recommended comprehensive infrastructural modernisation. " * 14
)
FRENCH = (
    "Le chat est dans la maison et il ne veut pas sortir avec nous ce soir, car il fait froid dans le jardin."
)
NONE = ""

# kind, options, passes, nearly passes
FIXTURES: list[tuple[str, dict[str, Any], str, str]] = [
    ("length", {"words": [3, 4]}, "one two three", "one two three four five"),
    ("length", {"words": [3, 4]}, "one two three", "one two"),
    ("length", {"characters": [2, 5]}, "abcde", "abcdef"),
    ("length", {"sentences": [2, 2]}, "It is. Is it?", "It is, is it?"),
    ("length", {"paragraphs": [2, 2]}, "One.\n\nTwo.", "One.\nTwo."),
    ("length", {"items": [2, 2]}, "- a b\n- c", "- a\n  - b\n- c"),
    ("length", {"lines": [2, 2]}, "a\n\nb", "a b"),
    ("length", {"of": "items", "words": [2, 3]}, "- a b\n- a b c", "- a b\n- a"),
    ("length", {"of": "sections", "words": [2, 3]}, "# A\na b\n# B\na b c", "# A\na b\n# B\nc"),
    ("length", {"of": "last_line", "words": [2, 2]}, "a\na b", "a b\na"),
    ("headings", {"titles": ["A", "B"], "level": 2}, "## A\nx\n## B:\ny", "## B\nx\n## A\ny"),
    ("headings", {"titles": ["A", "B"]}, "## **A**\nx\n## B\ny", "## A\nx\n## B\ny\n## C\nz"),
    ("headings", {"titles": ["A", "B"]}, "A\n==\nx\n\nB\n--\ny", "**A**\nx\n\n**B**\ny"),
    ("headings", {"titles": ["A"]}, "# A\n- x", "# A\n"),
    ("items", {"count": [2, 2]}, "* a\n* b", "* a\n\nb"),
    ("items", {"count": [2, 3], "marker": "number"}, "1. a\n2) b", "1. a\n1. b"),
    ("items", {"count": [2, 2], "marker": "bullet"}, "- a\n- b", "1. a\n2. b"),
    ("items", {"count": [1, 1], "under": "B"}, "# A\n- a\n- b\n# B\n- c", "# A\n- c\n# B\nd"),
    ("table", {"columns": ["A", "B"], "rows": [1, 1]}, TABLE, TABLE.replace("| 2", "| ")),
    ("table", {"columns": ["A", "B"], "rows": [1, 1]}, f"See:\n{TABLE}\n", TABLE.replace("|---|---|\n", "")),
    ("table", {"columns": ["A", "B"], "rows": [1, 1]}, TABLE, TABLE.replace("A | B", "B | A")),
    ("frame", {"starts": ["Dear Ms"], "ends": ["bye"]}, "dear **Ms** X\nGood bye", "My dear Ms X\nbye"),
    ("frame", {"ends": ["bye"]}, "a\nbye", "bye\na"),
    ("matches", {"pattern": "[a-z]+: .+"}, "a: b\n\nc: d", "a: b\nc d"),
    ("matches", {"of": "last_line", "pattern": "go|no-go"}, "x\nno-go", "x\nno-go!"),
    ("plain", {}, "2 * 3 is 6, and a-b too.", "Some **bold** words."),
    ("plain", {}, "a\nb", "a\n- b"),
    ("case", {"letters": "lower"}, "all small, 1", "all Small"),
    ("case", {"letters": "upper"}, "ALL 1", "ALl 1"),
    ("case", {"letters": "title", "of": "headings"}, "# The Price of Tea\nx", "# The price of Tea\nx"),
    ("case", {"letters": "sentence", "of": "headings"}, "# In Paris\nx", "# What Paris Costs\nx"),
    ("order", {}, "- Apple\n- banana\n- Cherry", "- banana\n- apple"),
    ("order", {"by": "number"}, "- #9 b\n- #10 a", "- #10 a\n- #9 b"),
    ("order", {"by": "number", "going": "down"}, "- 10\n- 9", "- 9\n- 10"),
    ("facts", {"all": ["42", ["4 March", "March 4"]]}, "**42** on March\u00a04.", "420 on March 4."),
    ("facts", {"all": ["1200"]}, "1,200 euros", "1,200.5 euros"),
    ("facts", {"all": ["3"]}, "It is 3.", "It is 3.5."),
    ("facts", {"all": ["don't"]}, "I don’t", "I do not"),
    ("facts", {"all": ["a", "b"], "in_order": True}, "b a b", "b a"),
    ("facts", {"all": ["x"], "under": "B"}, "# A\ny\n# B\n## C\nx", "# A\nx\n# B\ny"),
    ("lacks", {"phrases": ["best"]}, "bestow it", "the *best* one"),
    ("lacks", {"phrases": ["x"], "under": "B"}, "# A\nx\n# B\ny", "# A\ny\n# B\nx"),
    ("times", {"phrase": "Tarn", "count": [1, 2]}, "tarn, Tarns, TARN", "Tarn Tarn Tarn"),
    ("language", {"name": "en"}, PLAIN_ENGLISH, FRENCH),
    ("language", {"name": "fr"}, FRENCH, f"{FRENCH} {PLAIN_ENGLISH[:52]}"),
    ("reading", {"grade": 1}, PLAIN_ENGLISH, HARD_ENGLISH),
    ("reading", {"grade": 1}, PLAIN_ENGLISH, PLAIN_ENGLISH[: len(PLAIN_ENGLISH) // 2]),
    ("own_words", {"run": 4}, "The bridge, built in 1894.", "The *old iron bridge* at Kelmouth."),
    ("no_repeats", {"run": 3}, "a b c d a b", "a b c, a b c"),
]  # fmt: skip
# Kinds that forbid: nothing at all has nothing that is forbidden, and the grader refuses it as a whole.
FORBIDDING = {"plain", "lacks", "case", "own_words", "no_repeats", "matches"}


def _check(kind: str, options: dict[str, Any]) -> TextCheck:
    check: TextCheck = read_record(CHECKS[kind], section_of(options, Path("x.yaml"), 1), kind)
    return check


@pytest.mark.parametrize(("kind", "options", "passing", "near"), FIXTURES)
def test_a_kind_passes_what_it_says_and_not_what_is_near(
    kind: str, options: dict[str, Any], passing: str, near: str
) -> None:
    check = _check(kind, options)
    assert check.flaw(WrittenText(passing, PROMPT)) is None
    assert check.flaw(WrittenText(near, PROMPT))
    if kind not in FORBIDDING:
        assert check.flaw(WrittenText(NONE, PROMPT))


def test_every_kind_has_fixtures() -> None:
    assert {kind for kind, *_ in FIXTURES} == set(CHECKS)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("length", {}),
        ("length", {"words": [9, 3]}),
        ("items", {"count": [1]}),
        ("frame", {}),
        ("facts", {"all": []}),
        ("facts", {"all": [["*"]]}),
        ("lacks", {"phrases": []}),
        ("language", {"name": "xx"}),
        ("matches", {"pattern": "("}),
        ("matches", {"pattern": "(?=a)"}),
    ],
)
def test_options_that_mean_nothing_are_refused(kind: str, options: dict[str, Any]) -> None:
    with pytest.raises((ValueError, ConfigError)):
        _check(kind, options)
