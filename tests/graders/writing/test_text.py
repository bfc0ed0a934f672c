"""How texts are taken apart: by the rules that ``text`` states."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.graders.writing.text import Part, WrittenText, matching

MARKDOWN = """\
# Title *here*
A paragraph of
two lines.

1. first item,
   which goes on
2. second

> quoted

| a | b |
|---|---|
| 1 | 2 |

```python
print("no words")
```
***
Last. Line?"""


def test_blocks() -> None:
    text = WrittenText(MARKDOWN)
    kinds = [block.kind for block in text.blocks]
    first = ["heading", "paragraph", "item", "item", "paragraph"]
    assert kinds == [*first, "table", "table", "table", "code", "rule", "paragraph"]
    assert text.headings == ["Title here"]
    assert text.items == ["first item,\nwhich goes on", "second"]
    assert "words" not in text.words
    assert text.sentences[-2:] == ["Last.", "Line?"]
    assert text.parts("first_line") == ["Title here"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It costs 3.5 euros. It is 2 p.m. now.", 2),
        ("Ask Dr. Lind, e.g. on Monday. She knows.", 2),
        ("Am 14. März geht es los. Kommt alle!", 2),
        ("Really?! “Yes.” He left.", 3),
        ("Wait… what? No", 2),
        ("One line without an end", 1),
        ("He said: “Go.” and went.", 1),
        ("J. R. Smith came. So did I.", 2),
        ("- one item\n- two items. And more.", 3),
        ("See z. B. Seite 3. Dann weiter.", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(WrittenText(text).sentences) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("don't, well-known a@b.org 3.5 1,200", 5),
        ("**bold** `code` [link](http://x.org/a)", 3),
        ("- – — …", 0),
        ("schöne Grüße naïve", 3),
        ("snake_case and /export.csv", 4),
    ],
)
def test_words(text: str, count: int) -> None:
    assert len(WrittenText(text).words) == count


def test_signs_of_one_kind() -> None:
    assert matching("“Don’t”\u00a0— *1,200* ") == matching('"don\'t" - 1200')


@given(st.text(alphabet="ab #-*|`>_=1.\n\u00a0“É", max_size=60))
def test_any_text_is_read_and_none_of_it_twice(raw: str) -> None:
    text = WrittenText(raw)
    assert all(text.parts(of) is not None for of in get_args(Part))
    assert sum(len(block.source.splitlines()) for block in text.blocks) <= len(raw.splitlines())
