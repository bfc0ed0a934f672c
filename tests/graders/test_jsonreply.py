"""JSON is found in the wrappings that models put around it, and read to the letter."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.graders.jsonreply import read_json_reply

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.text(st.characters(exclude_categories=["C"])),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc{[`", max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=25)
@given(st.dictionaries(st.text("abc", min_size=1), VALUES, min_size=1, max_size=3), st.booleans())
def test_a_value_is_the_same_in_every_wrapping(value: dict[str, Any], wide: bool) -> None:
    text = json.dumps(value, indent=2 if wide else None)
    for answer, around in (
        (text, "nothing"),
        (f"<think>{{}}</think>\n{text}\n", "nothing"),
        (f"````json\n{text}\n````", "fence"),
        (f"A draft:\n````json\n{{}}\n````\nBetter:\n````\n{text}\n````\nThat is all.", "fence"),
        (f"The plan {{draft}} is [1] this: {text} and it holds.", "prose"),
    ):
        reply = read_json_reply(answer, dict)
        assert (reply.value, reply.around) == (value, around)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "   ",
        "no JSON here",
        '{"a": NaN}',
        '{"a": -Infinity}',
        '{"a": 1e999}',
        '{"a": ' + "9" * 400 + "}",
        '{"a": 1, "a": 1}',
        '{"b": {"a": 1, "x": 2, "a": 3}}',
        "{'a': 1}",
        '{"a": 1,}',
        '{"a": 1} // done',
        '{"a": 1} {"a": 2}',
        '{"a": 1',
        '```json\n{"a": 1, "a": 2}\n```',
        "[" * 50 + "]" * 50,
        "[" * 100_000,
        'Here it is: {"a": 1}',
    ],
)
def test_what_is_not_json_to_the_letter_is_refused(answer: str) -> None:
    with pytest.raises(ValueError, match=r"JSON|empty|twice"):
        read_json_reply(answer)


def test_prose_gives_the_last_container_of_the_kind_asked_for() -> None:
    answer = 'Lines [3] and [9] {"a": [1]} look odd, so: [3, 9]. See {"x": 1}'
    assert read_json_reply(answer, list).value == [3, 9]
    assert read_json_reply(answer, dict).value == {"x": 1}


def test_hostile_text_is_refused_and_not_walked_for_ever() -> None:
    for answer in ("[{" * 60_000, '{"a": "' * 25_000, "```\n{\n" * 400, "[[1]," * 2_000):
        with pytest.raises(ValueError, match="JSON"):
            read_json_reply(answer, dict)
