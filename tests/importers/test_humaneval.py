from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from harness.errors import ConfigError
from harness.importers import read
from tests.importers.conftest import Prove, WriteItems

PROMPT = '''from typing import List


def damp(level: int) -> int:
    return level - level // 4


def damped(levels: List[int], rounds: int) -> List[int]:
    """Damp every level as many times as there are rounds."""
'''
ITEM: dict[str, Any] = {
    "task_id": "Invented/7",
    "prompt": PROMPT,
    "entry_point": "damped",
    "canonical_solution": (
        "    for _ in range(rounds):\n        levels = [damp(level) for level in levels]\n    return levels\n"
    ),
    "test": (
        "METADATA = {}\n\n\ndef check(candidate):\n    assert candidate([8, 100], 1) == [6, 75]\n"
        "    assert candidate([8], 2) == [5]\n    assert candidate([], 3) == []\n"
    ),
}


def test_a_task_is_made_of_an_item(write_items: WriteItems) -> None:
    (task,) = read("humaneval", write_items([ITEM])).tasks
    assert task["id"] == "invented-7"
    assert PROMPT.strip() in task["prompt"]
    assert "candidate" not in task["prompt"]
    options = task["grader"]["python_asserts"]
    assert options["names"] == ["damped"]
    assert options["signature"] == "def damped(levels: List[int], rounds: int) -> List[int]:"
    assert "def damp(level" in options["prelude"]
    assert "damped" not in options["prelude"]
    assert "skip" not in task


def test_references_pass_and_stubs_fail(write_items: WriteItems, prove: Prove) -> None:
    second = {**ITEM, "task_id": "Invented/8", "test": ITEM["test"] + "\ncheck(damped)\n"}
    assert prove(read("humaneval", write_items([ITEM, second]))) == []


def test_an_answer_may_lean_on_the_helper_that_the_prompt_shows(
    write_items: WriteItems, prove: Prove
) -> None:
    imported = read("humaneval", write_items([ITEM]))
    alone = {**imported.tasks[0], "reference": PROMPT.split("\n\n\n")[2] + ITEM["canonical_solution"]}
    assert "def damp(level" not in alone["reference"]
    assert prove(type(imported)("python", "x", (alone,))) == []


def test_a_reference_that_is_wrong_is_found_out(write_items: WriteItems, prove: Prove) -> None:
    broken = {**ITEM, "canonical_solution": "    return levels\n"}
    (flaw,) = prove(read("humaneval", write_items([broken])))
    assert flaw.startswith("the reference fails, but must pass: wrong_answer: test 1:")


def test_gzip_and_a_json_list_are_read_too(tmp_path: Path) -> None:
    packed, listed = tmp_path / "a.jsonl.gz", tmp_path / "a.json"
    packed.write_bytes(gzip.compress(json.dumps(ITEM).encode()))
    listed.write_text(json.dumps([ITEM], indent=1))
    assert read("humaneval", packed).tasks == read("humaneval", listed).tasks


def test_a_package_that_is_absent_skips_the_task(write_items: WriteItems) -> None:
    item = {**ITEM, "prompt": "import numpy as np\n" + PROMPT}
    (task,) = read("humaneval", write_items([item])).tasks
    assert task["skip"] == "needs numpy, which is not installed in the sandbox"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", ":1: the file holds no items"),
        (b'{"task_id": "a/1"}\n', ":1: 'prompt' is missing; there are task_id"),
        (json.dumps(ITEM).encode() + b"\n{]\n", ":2: not valid JSON"),
        (b"\n[1]\n", ":2: an item must be a JSON object"),
        (b"[{}, \n {]", ":2: not valid JSON"),
        (b"\n\xff", ":2: not UTF-8 text"),
        (b"\x1f\x8b broken", "cannot read"),
        (json.dumps({**ITEM, "entry_point": "x"}).encode(), ":1: 'entry_point' 'x' is no function"),
        (json.dumps({**ITEM, "test": 3}).encode(), ":1: 'test' must be text, not the number 3"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as error:
        read("humaneval", path)
    assert complaint in str(error.value)
    assert str(path) in str(error.value)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is a folder; name a file in it"):
        read("humaneval", tmp_path)


PLUS = {
    "test": """import numpy as np

def is_floats(x) -> bool:
    if isinstance(x, (list, tuple)):
        return all(isinstance(i, float) for i in x)
    if isinstance(x, np.ndarray):
        return x.dtype == np.float64 or x.dtype == np.float32
    return isinstance(x, float)

def assertion(out, exp, atol):
    if atol == 0 and is_floats(exp):
        atol = 1e-6
    if out != exp and atol != 0:
        assert np.allclose(out, exp, rtol=1e-07, atol=atol)
    else:
        assert out == exp

def check(candidate):
    inputs, results = [[[8, 100], 1], [[8], 2]], [[6.0000000001, 75.0], [5]]
    for i, (inp, exp) in enumerate(zip(inputs, results)):
        assertion(candidate(*inp), exp, 0)
"""
}


def test_tests_of_evalplus_need_no_numpy(write_items: WriteItems, prove: Prove) -> None:
    imported = read("humaneval", write_items([{**ITEM, **PLUS}]))
    assert "skip" not in imported.tasks[0]
    assert prove(imported) == []
    more = {"test": PLUS["test"].replace("np.allclose", "np.testing.assert_allclose")}
    (task,) = read("humaneval", write_items([{**ITEM, **more}])).tasks
    assert task["skip"] == "needs numpy, which is not installed in the sandbox"


def test_inputs_without_tests_are_no_tests(write_items: WriteItems) -> None:
    item = {
        **{key: value for key, value in ITEM.items() if key != "test"},
        "base_input": [[[8], 1]],
        "plus_input": [],
    }
    with pytest.raises(ConfigError, match=r":1: has inputs, but no tests; HumanEval\+ has them in the form"):
        read("humaneval", write_items([item]))


def test_the_stub_that_the_prompt_shows_is_a_wrong_answer(write_items: WriteItems) -> None:
    (task,) = read("humaneval", write_items([ITEM])).tasks
    assert task["wrong"][-1] == PROMPT
