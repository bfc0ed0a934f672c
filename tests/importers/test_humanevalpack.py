from __future__ import annotations

from typing import Any

import pytest

from harness.errors import ConfigError
from harness.importers import read
from tests.importers.conftest import Prove, WriteItems

PYTHON: dict[str, Any] = {
    "task_id": "Python/1",
    "prompt": 'def tilt(n: int) -> int:\n    """Add the sign."""\n',
    "declaration": "def tilt(n: int) -> int:\n",
    "canonical_solution": "    return n + (n > 0) - (n < 0)\n",
    "buggy_solution": "    return n + (n > 0)\n",
    "entry_point": "tilt",
    "import": "",
    "test_setup": "",
    "test": "def check(tilt):\n    assert tilt(3) == 4\n    assert tilt(-3) == -4\n\ncheck(tilt)\n",
}
HEADER = """\
fn main(){
}

use std::{collections::{HashSet, HashMap}, cmp::max};
use rand::Rng;
use regex::Regex;
"""
RUST: dict[str, Any] = {
    "task_id": "Rust/1",
    "prompt": HEADER
    + """\
/*
 Count what stands more than once.
*/
fn twins(words: Vec<String>) -> HashMap<String, usize> {

""",
    "declaration": HEADER
    + """\

fn grown(n: usize) -> usize {
    n + 1
}

fn twins(words: Vec<String>) -> HashMap<String, usize> {

""",
    "canonical_solution": (
        """\
    let mut seen = HashMap::new();
    for word in words {
        let n = seen.entry(word).or_insert(0);
        *n = grown(*n);
    }
    seen.retain(|_, n| *n > 1);
    seen
}
"""
    ),
    "buggy_solution": (
        """\
    let mut seen = HashMap::new();
    for word in words {
        let n = seen.entry(word).or_insert(0);
        *n = grown(*n);
    }
    seen
}
"""
    ),
    "entry_point": "twins",
    "test": (
        "#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn test_twins() {\n"
        '        let words = vec!["a".to_string(), "b".to_string(), "a".to_string()];\n'
        '        let wanted = HashMap::from([("a".to_string(), 2)]);\n'
        "        assert_eq!(twins(words), wanted);\n    }\n}\n"
    ),
}
GO: dict[str, Any] = {
    "task_id": "Go/1",
    "prompt": """\
import (
    "strings"
)

// Loud repeats a word in capitals.
func Loud(word string, n int) string {
""",
    "declaration": 'import (\n    "strings"\n)\n\nfunc Loud(word string, n int) string {\n',
    "canonical_solution": "    return strings.Repeat(strings.ToUpper(word), n)\n}\n",
    "buggy_solution": "    return strings.Repeat(word, n)\n}\n",
    "entry_point": "Loud",
    "import": 'import (\n    "strings"\n)',
    "test_setup": 'package main\n\nimport (\n    "testing"\n    "github.com/stretchr/testify/assert"\n)\n',
    "test": (
        'func TestLoud(t *testing.T) {\n    assert := assert.New(t)\n    assert.Equal("AA", Loud("a", 2))\n'
        '    assert.Equal("", Loud("a", 0))\n}\n'
    ),
}


def test_every_language_is_graded_as_it_says(write_items: WriteItems, prove: Prove) -> None:
    imported = read("humanevalpack", write_items([PYTHON, RUST, GO, {**PYTHON, "task_id": "CPP/1"}]))
    assert imported.left_out == {"1 items in cpp": "harness runs Python, Rust, Go"}
    assert imported.language == "mixed"
    assert [task["category"] for task in imported.tasks] == ["python", "rust", "go"]
    assert not any("skip" in task for task in imported.tasks)
    assert prove(imported) == []


def test_the_buggy_solution_is_the_wrong_answer(write_items: WriteItems) -> None:
    (task,) = read("humanevalpack", write_items([PYTHON])).tasks
    assert task["wrong"] == [PYTHON["declaration"] + PYTHON["buggy_solution"], PYTHON["prompt"]]
    (task,) = read("humanevalpack", write_items([{**PYTHON, "buggy_solution": ""}])).tasks
    assert "NotImplementedError" in task["wrong"][0]


def test_crates_that_are_only_named_are_forgotten(write_items: WriteItems) -> None:
    (task,) = read("humanevalpack", write_items([RUST])).tasks
    for text in (
        task["prompt"],
        task["reference"],
        *task["wrong"],
        task["grader"]["rust_asserts"]["prelude"],
    ):
        assert "rand" not in text
        assert "regex" not in text
        assert "HashMap" in text


@pytest.mark.parametrize(
    ("item", "change", "reason"),
    [
        (
            RUST,
            {"canonical_solution": '    Regex::new("a").unwrap();\n    HashMap::new()\n}\n'},
            "needs regex,",
        ),
        (PYTHON, {"test": "import torch\n" + PYTHON["test"]}, "needs torch,"),
        (
            GO,
            {"test_setup": GO["test_setup"].replace("assert", "require")},
            "needs github.com/stretchr/testify/require,",
        ),
    ],
)
def test_items_that_use_absent_packages_are_skipped(
    write_items: WriteItems, item: dict[str, Any], change: dict[str, Any], reason: str
) -> None:
    (task,) = read("humanevalpack", write_items([{**item, **change}])).tasks
    assert task["skip"].startswith(reason)


def test_answers_of_other_shapes_pass_too(write_items: WriteItems, prove: Prove) -> None:
    imported = read("humanevalpack", write_items([RUST, GO]))
    rust, go = imported.tasks
    short = "fn twins(words: Vec<String>) -> HashMap<String, usize> {\n" + RUST["canonical_solution"]
    bare = "func Loud(word string, n int) string {\n" + GO["canonical_solution"]
    again = type(imported)("mixed", "x", ({**rust, "reference": short}, {**go, "reference": bare}))
    assert prove(again) == []


def test_the_function_is_the_one_that_the_signature_names(write_items: WriteItems, prove: Prove) -> None:
    rust = {**RUST, "entry_point": "twin", "signature": "twins(words: Vec<String>) -> HashMap<String, usize>"}
    go = {**GO, "entry_point": "loud", "signature": "func Loud(word string, n int) string"}
    imported = read("humanevalpack", write_items([rust, go, PYTHON]))
    names = [next(iter(task["grader"].values()))["names"] for task in imported.tasks]
    assert names == [["twins"], ["Loud"], ["tilt"]]
    assert prove(imported) == []


def test_without_an_entry_point_it_is_the_function_that_is_left_open(write_items: WriteItems) -> None:
    items = [
        {key: value for key, value in item.items() if key != "entry_point"} for item in (PYTHON, RUST, GO)
    ]
    imported = read("humanevalpack", write_items(items))
    names = [next(iter(task["grader"].values()))["names"] for task in imported.tasks]
    assert names == [["tilt"], ["twins"], ["Loud"]]


HELPED: dict[str, Any] = {
    **GO,
    "task_id": "Go/2",
    "prompt": """\
import (
    "math"
    "strings"
)

// halves is shown, and not declared.
func halves(n int) int {
    return int(math.Floor(float64(n) / 2))
}

// Half repeats a word half as often.
func Half(word string, n int) string {
""",
    "declaration": "\nfunc Half(word string, n int) string {\n",
    "canonical_solution": "    return strings.Repeat(word, halves(n))\n}\n",
    "buggy_solution": "    return strings.Repeat(word, n)\n}\n",
    "entry_point": "Half",
    "import": 'import (\n    "strings"\n)',
    "test": (
        "func TestHalf(t *testing.T) {\n    assert := assert.New(t)\n"
        '    assert.Equal(strings.Repeat("a", 2), Half("a", 5))\n    assert.Equal(2, halves(5))\n}\n'
    ),
}


ANSWERS = (
    "func Half(word string, n int) string { return strings.Repeat(word, halves(n)) }",
    HELPED["prompt"] + HELPED["canonical_solution"],
    'import "strings"\n\nfunc Half(word string, n int) string {\n'
    "\treturn strings.Repeat(word, int(math.Trunc(float64(n)/2)))\n}",
    "package main\n\nfunc Half(word string, n int) (s string) {\n"
    "\tfor i := 0; i < n/2; i++ {\n\t\ts += word\n\t}\n\treturn\n}",
)


def test_imports_and_helpers_that_only_the_prompt_shows_are_there(
    write_items: WriteItems, prove: Prove
) -> None:
    imported = read("humanevalpack", write_items([HELPED]))
    (task,) = imported.tasks
    tasks = tuple({**task, "id": f"go-{n}", "reference": answer} for n, answer in enumerate(ANSWERS))
    assert prove(type(imported)("go", "x", tasks)) == []


def test_a_helper_of_rust_that_only_the_prompt_shows_is_there(write_items: WriteItems, prove: Prove) -> None:
    helper = "fn grown(n: usize) -> usize {\n    n + 1\n}\n\n"
    prompt = RUST["prompt"].replace("/*", helper + "/*", 1)
    item = {**RUST, "prompt": prompt, "declaration": RUST["declaration"].replace("\n" + helper, "")}
    assert "fn grown" in item["prompt"] and "fn grown" not in item["declaration"]
    assert prove(read("humanevalpack", write_items([item]))) == []


def test_a_wrong_item_is_named(write_items: WriteItems) -> None:
    with pytest.raises(ConfigError, match=r":2: 'task_id' must be LANGUAGE/NUMBER"):
        read("humanevalpack", write_items([PYTHON, {**PYTHON, "task_id": "7"}]))
    with pytest.raises(ConfigError, match=r":1: 'declaration' is missing"):
        read("humanevalpack", write_items([{**PYTHON, "declaration": None}]))
    with pytest.raises(ConfigError, match="holds no task that can be imported; 1 items in java"):
        read("humanevalpack", write_items([{**PYTHON, "task_id": "Java/1"}]))
