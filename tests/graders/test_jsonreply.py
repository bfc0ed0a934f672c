"""JSON is found in the wrappings that models put around it; read to the letter, or as it is meant."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.graders.jsonreply import read_json_like, read_json_reply

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
    ):
        reply = read_json_reply(answer)
        assert (reply.value, reply.around) == (value, around)
        assert read_json_like(answer, lambda one: isinstance(one, dict) and bool(one)) == value
    prose = f"The plan {{draft}} is [1] this: {text} and it holds."
    assert read_json_like(prose, lambda one: isinstance(one, dict)) == value


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


LISTS = {  # each is meant as [3, 9]
    "a comma too many": "[3, 9,]",
    "comments": "[\n  3,  // paid twice\n  # and\n  9 /* late */\n]",
    "in an object": '{"why": "see below", "lines": [3, 9]}',
    "in an object, in a fence": 'Sure!\n```json\n{"lines": [3, 9]}\n```\nHope that helps.',
    "a draft before": "```json\n[1]\n```\nNo:\n```json\n[3, 9]\n```",
    "lists in the reasons behind it": "[3, 9]\n\nReasons: line [3] repeats, see [1].",
    "lists before it": "Looking at [1] and [2] first.\nAnswer: [3, 9]",
    "a sentence around it": "Lines [3] and [9] look odd, so: [3, 9]. See {x: 1}",
    "JSON in JSON": '"[3, 9]"',
    "in markup": "**[3, 9]**",
}


@pytest.mark.parametrize("answer", LISTS.values(), ids=LISTS)
def test_a_list_is_read_as_it_is_meant(answer: str) -> None:
    assert read_json_like(answer, _whole_numbers) == [3, 9]


def _whole_numbers(value: Any) -> bool:
    return isinstance(value, list) and all(type(number) is int for number in value)


@pytest.mark.parametrize(
    "answer",
    [
        "{'a': 'it\\'s \"so\"', 'b': None, 'c': [True,]}",
        '{a: "it\'s \\"so\\"", b: null, c: [true]}',
        "{“a”: 'it\\'s \"so\"', “b”: None, “c”: [true]} // done",
        'First {"x": 1}.\n{"a": "it\'s \\"so\\"", "b": null, "c": [true],\n}\nThat is it.',
    ],
)
def test_an_object_is_read_as_it_is_meant(answer: str) -> None:
    wanted = {"a": 'it\'s "so"', "b": None, "c": [True]}
    assert read_json_like(answer, lambda value: isinstance(value, dict) and "a" in value) == wanted


def test_objects_one_after_another_are_a_list() -> None:
    def rows(value: Any) -> bool:
        return isinstance(value, list) and all(isinstance(one, dict) for one in value)

    assert read_json_like('{"n": 1}\n{"n": 2}', rows) == [{"n": 1}, {"n": 2}]
    assert read_json_like('One:\n```json\n{"n": 1}\n```\nTwo:\n```json\n{"n": 2}\n```', rows) == [
        {"n": 1},
        {"n": 2},
    ]


@pytest.mark.parametrize(
    "answer", ["", "I am sorry, I cannot.", "null", "{}", "[1 2]", "[1,,2]", '["a", …]', "7"]
)
def test_what_is_not_meant_so_is_refused(answer: str) -> None:
    with pytest.raises(ValueError, match=r"JSON|empty|form"):
        read_json_like(answer, _whole_numbers)


def test_hostile_text_is_refused_and_not_walked_for_ever() -> None:
    for answer in (
        "[{" * 60_000,
        '{"a": "' * 25_000,
        "```\n{\n" * 400,
        "[[1]," * 2_000,
        "['a" * 9_000,
        "[/*" * 9_000,
    ):
        with pytest.raises(ValueError, match="JSON"):
            read_json_reply(answer)
        with pytest.raises(ValueError, match=r"JSON|form"):
            read_json_like(answer, lambda value: isinstance(value, dict))
