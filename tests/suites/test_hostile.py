"""Suites of others: what they name, how large they are, what stands where something else should."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from harness.errors import ConfigError
from harness.suites import load_suite
from tests.conftest import TEN_SUMS, WriteSuite

TASK = '{id: one, prompt: "2 + 2?", grader: {numeric: {}}, reference: "4", wrong: ["5"]}'


def complaint(folder: Path) -> str:
    with pytest.raises(ConfigError) as error:
        load_suite(folder)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/hostname", "link", "up/secret", "/dev/zero", "pipe", "x/../../secret"]
)
@pytest.mark.parametrize(
    "key", ["images: [{}]", "system: !file {}", "reference: !file {}", "vars: {{a: !file {}}}"]
)
def test_no_path_leaves_the_folder(write_suite: WriteSuite, tmp_path: Path, name: str, key: str) -> None:
    task = TASK[:-1] if "reference" not in key else TASK[:-1].replace('reference: "4", ', "")
    folder = write_suite(f"- {task}, {key.format(name)}}}\n")
    (folder.parent / "secret").write_text("key")
    (folder / "link").symlink_to(folder.parent / "secret")
    (folder / "up").symlink_to(folder.parent)
    (folder / "x").mkdir()
    os.mkfifo(folder / "pipe")
    text = complaint(folder)
    assert text.startswith(f"{folder}/tasks.yaml:1: ")
    assert "leads out of the folder" in text or "no regular file" in text
    assert "key" not in text.replace("'key'", "")


@pytest.mark.parametrize("name", ["more.yaml", "more.jsonl", "sub/task.yaml"])
def test_no_task_file_leads_out_of_the_folder_or_blocks(write_suite: WriteSuite, name: str) -> None:
    folder = write_suite(f"- {TASK}\n")
    (folder.parent / "other").write_text(TASK.replace("one", "two"))
    (folder / "sub").mkdir()
    (folder / name).symlink_to(folder.parent / "other")
    assert "leads out of the folder" in complaint(folder)
    (folder / name).unlink()
    os.mkfifo(folder / name)
    assert "no regular file" in complaint(folder)


def test_files_in_the_suites_folder_may_be_shared_by_its_tasks(write_suite: WriteSuite) -> None:
    folder = write_suite(f"- {TASK}\n")
    (folder / "sub").mkdir()
    (folder / "shared.txt").write_text("text")
    (folder / "sub" / "task.yaml").write_text(
        TASK.replace('"4"', "!file ../shared.txt").replace("one", "two")
    )
    assert load_suite(folder).tasks[0].reference == "text"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("count: 10", "count: 1000000000", "'count' must be from 1 to 10,000"),
        ("count: 10", "count: 0", "'count' must be from 1 to 10,000"),
        ("answer: a + b", "answer: comb(10**9, 5*10**8)", "a number of more than 1,200 digits"),
        ("answer: a + b", "answer: 10**10**10", "a number of more than 1,200 digits"),
        ("answer: a + b", 'answer: "\'x\' * 10**9"', "only numbers can be computed with"),
        ("answer: a + b", "derive: {c: a**900, d: c*c*c*c}\n    answer: a", "more than 1,200 digits"),
        ("answer: a + b", "where: a == 51\n    answer: a", "widen their ranges"),
        ("{range: [1, 50]}", "{choice: [[1], {}]}", "needs {range: [low, high]} or {choice:"),
        ("{range: [1, 50]}", "{range: [1, .inf]}", "needs {range: [low, high]} or {choice:"),
        ("seed: 1", "seed: 1.5", "'seed' must be a whole number"),
        ("seed: 1", "seed: 1\n    family: lgo", "unknown family 'lgo'"),
        ("seed: 1", "seed: 1\n    family: log", "unknown key 'parameters'"),
        ("parameters: {a", "parameters: {True", "cannot compute 'a + b'"),
    ],
)  # fmt: skip
def test_generators_are_bounded(write_suite: WriteSuite, old: str, new: str, words: str) -> None:
    started = time.monotonic()
    folder = write_suite(TEN_SUMS.replace(old, new, 1))
    text = complaint(folder)
    assert text.startswith(f"{folder}/tasks.yaml:") and words in text
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f"{TASK[:-1]}, vars: [1]}}", 1, "'vars' must be a mapping, not a list"),
        (TASK.replace("prompt:", "messages: 5, skip:"), 1, "'messages' must be a list, not the number 5"),
        (TASK.replace("prompt:", "messages: [{role: user}], skip:"), 1, "'messages' lacks 'content'"),
        (f"{TASK[:-1]}, max_tokens: 0}}", 1, "'max_tokens' must be from 1 to"),
        (f"{TASK[:-1]}, time_limit: -1}}", 1, "'time_limit' must be from 0.001 to"),
        (f"{TASK[:-1]}, time_limit: .nan}}", 1, "'time_limit' must be a number, not nan"),
        (f"{TASK[:-1]}, images: a.png}}", 1, "'images' must be a list"),
        (TASK.replace("{numeric: {}}", "[numeric]"), 1, "'grader' names one grader"),
        (TASK.replace("{numeric: {}}", "{numeric: [1]}"), 1, "'numeric' must be a mapping"),
        (TASK.replace("{numeric: {}}", "{numeric: {}, exact: {}}"), 1, "'grader' names one grader"),
        (f"{TASK[:-1]}, generator: 5}}", 1, "'generator' must be a mapping"),
        ("5", 1, "a task must be a mapping"),
        (f"{TASK}\n- ~", 1, "a task must be a mapping"),
    ],
)
def test_what_stands_where_something_else_should_is_named(
    write_suite: WriteSuite, text: str, line: int, words: str
) -> None:
    folder = write_suite(f"- {text}\n")
    assert f"tasks.yaml:{line}: " in complaint(folder)
    assert words in complaint(folder)


def test_what_a_default_holds_is_named_where_it_stands(write_suite: WriteSuite) -> None:
    folder = write_suite(f"defaults:\n  max_tokens: 1\n  role: 5\ntasks:\n- {TASK}\n")
    assert "tasks.yaml:3: 'role' must be text" in complaint(folder)
    folder = write_suite(f"- {TASK}\n", head="defaults:\n  max_tokens: many\n")
    assert "suite.yaml:8: 'max_tokens' must be a whole number" in complaint(folder)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"vars": [1]}, "'vars' must be a mapping"),
        ({"grader": {"numeric": {"tolerance": [1]}}}, None),
        ({"wrong": [1]}, "'wrong' must be text"),
        ({"messages": [5], "prompt": None}, "'messages' must be a mapping"),
        ({"vars": {"a": "\ud800"}, "prompt": "{a}"}, None),
    ],
)
def test_json_lines_are_held_to_the_same(
    write_suite: WriteSuite, value: dict[str, object], words: str
) -> None:
    folder = write_suite(f"- {TASK}\n")
    line = {"id": "two", "prompt": "?", "grader": {"exact": {}}, "reference": "r", "wrong": ["w"]} | value
    (folder / "more.jsonl").write_text(json.dumps(line) + "\n")
    if words is None:
        assert len(load_suite(folder).tasks) == 2
    else:
        assert f"more.jsonl:1: {words}" in complaint(folder)
