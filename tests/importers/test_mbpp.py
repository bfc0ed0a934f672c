from __future__ import annotations

from typing import Any

import pytest

from harness.errors import ConfigError
from harness.importers import read
from tests.importers.conftest import Prove, WriteItems

FULL: dict[str, Any] = {
    "task_id": 900,
    "text": "Write a function that says how many crates a number of jars fills.",
    "code": "def crates(jars, size):\r\n    return jars // size\r\n",
    "test_list": ["assert crates(9, 4) == 2", "assert crates(8, 4) == 2"],
    "test_setup_code": "",
    "challenge_test_list": ["assert crates(0, 4) == 0"],
}
CLEAN: dict[str, Any] = {
    "task_id": 901,
    "prompt": "Write a class Shelf and a function load that puts a jar on it.",
    "code": "class Shelf:\n    jars = 0\n\n\ndef load(shelf):\n    shelf.jars += 1\n    return shelf.jars\n",
    "test_imports": ["import math"],
    "test_list": ["shelf = Shelf()", "assert load(shelf) == 1", "assert math.sqrt(shelf.jars) == 1"],
}


def test_a_task_is_made_of_an_item(write_items: WriteItems) -> None:
    (task,) = read("mbpp", write_items([FULL])).tasks
    assert task["id"] == "mbpp-900"
    assert FULL["text"] in task["prompt"]
    assert "assert crates(9, 4) == 2" in task["prompt"]
    assert "crates(0, 4)" not in task["prompt"]
    assert task["grader"]["python_asserts"] == {
        "names": ["crates"],
        "signature": "def crates(jars, size):",
        "setup": "",
        "tests": [*FULL["test_list"], *FULL["challenge_test_list"]],
    }


def test_references_pass_and_stubs_fail(write_items: WriteItems, prove: Prove) -> None:
    assert prove(read("mbpp", write_items([FULL, CLEAN]))) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"test_list": []}, ":1: 'test_list' is empty"),
        ({"test_list": "assert 1"}, ":1: 'test_list' must be a list"),
        ({"test_list": [3]}, ":1: 'test_list' must be text, not the number 3"),
        ({"task_id": "x"}, ":1: 'task_id' must be a whole number"),
        ({"code": "x = 1"}, ":1: 'test_list' uses nothing that 'code' defines"),
        ({"code": None}, ":1: 'code' is missing"),
    ],
)
def test_a_wrong_item_is_named(write_items: WriteItems, change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ConfigError) as error:
        read("mbpp", write_items([{**FULL, **change}]))
    assert complaint in str(error.value)


def test_the_further_tests_of_mbpp_plus_are_graded_and_not_shown(
    write_items: WriteItems, prove: Prove
) -> None:
    more = (
        "import numpy as np\nfrom math import inf\n\ndef assertion(out, exp, atol):\n"
        "    assert out == exp or np.allclose(out, exp, atol=atol)\n\n"
        "for inp, exp in zip([[0, 4], [7, 4]], [0, 1]):\n    assertion(crates(*inp), exp, 0)\n"
    )
    plus = {key: value for key, value in FULL.items() if key not in ("text", "challenge_test_list")}
    imported = read("mbpp", write_items([{**plus, "prompt": FULL["text"], "test_imports": [], "test": more}]))
    (task,) = imported.tasks
    assert "assertion" not in task["prompt"]
    assert task["grader"]["python_asserts"]["tests"][-1] == more
    assert prove(imported) == []
