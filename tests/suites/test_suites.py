from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.errors import ConfigError, UnknownName
from harness.messages import Message
from harness.suites import choose_suites, find_suites, load_suite
from tests.conftest import TEN_SUMS, WriteSuite

TASK = '{id: one, prompt: "2 + 2?", grader: {numeric: {}}, reference: "4", wrong: ["5"]}'


def test_a_generator_makes_its_tasks_and_their_answers(write_suite: WriteSuite) -> None:
    tasks = load_suite(write_suite(TEN_SUMS)).tasks
    assert [task.id for task in tasks] == [f"sum-{i:02d}" for i in range(1, 11)]
    assert len({task.messages for task in tasks}) == 10
    for task in tasks:
        a, b = (int(word) for word in task.messages[0].content.strip("?").split() if word.isdigit())
        assert task.reference == str(a + b)
        assert task.wrong == (str(a - b),)


def test_another_season_has_other_numbers_and_another_version(write_suite: WriteSuite) -> None:
    first = load_suite(write_suite(TEN_SUMS, head="season: 1\n"))
    again = load_suite(write_suite(TEN_SUMS, head="season: 1\n"))
    second = load_suite(write_suite(TEN_SUMS, head="season: 2\n"))
    assert first == again
    assert not {t.messages for t in first.tasks} & {t.messages for t in second.tasks}
    assert (first.version, second.version) == ("1.0.0+s1", "1.0.0+s2")


def test_defaults_reach_tasks_and_the_nearest_wins(write_suite: WriteSuite) -> None:
    second = TASK[:-1].replace("one", "two") + ", role: coder}"
    tasks = f"defaults: {{role: triage, max_tokens: 16}}\ntasks:\n- {TASK}\n- {second}\n"
    suite = load_suite(
        write_suite(tasks, head="defaults: {role: analyst, difficulty: beginner, system: Be brief.}\n")
    )
    one, two = suite.tasks
    assert (one.role, two.role) == ("triage", "coder")
    assert one.difficulty == "beginner"
    assert one.max_tokens == 16
    assert one.messages == (Message("system", "Be brief."), Message("user", "2 + 2?"))
    assert one.task_type == "math"


def test_variables_fill_only_their_own_braces(write_suite: WriteSuite) -> None:
    prompt = 'prompt: "{name}: {\\"x\\": {y}}", vars: {name: N}'
    tasks = f"- {{id: a, {prompt}, grader: exact, reference: r, wrong: [w]}}\n"
    assert load_suite(write_suite(tasks)).tasks[0].messages[0].content == 'N: {"x": {y}}'


def test_jsonl_and_folders_are_read_too(write_suite: WriteSuite) -> None:
    folder = write_suite(f"- {TASK}\n")
    line = {"id": "two", "prompt": "?", "grader": {"exact": {}}, "reference": "r", "wrong": ["w"]}
    (folder / "more.jsonl").write_text(json.dumps(line) + "\n\n")
    (folder / "three").mkdir()
    (folder / "three" / "answer.txt").write_text("long")
    (folder / "three" / "task.yaml").write_text(
        "{id: three, prompt: p, grader: exact, reference: !file answer.txt, wrong: [w]}"
    )
    suite = load_suite(folder)
    assert {task.id: task.reference for task in suite.tasks} == {"one": "4", "two": "r", "three": "long"}


def test_the_digest_changes_with_what_is_asked_or_graded(write_suite: WriteSuite) -> None:
    def digest(text: str) -> str:
        return load_suite(write_suite(text)).tasks[0].sha256

    base = digest(f"- {TASK}")
    assert digest(f"- {TASK.replace('2 + 2', '2+2')}") != base
    assert digest(f"- {TASK.replace('numeric: {}', 'numeric: {tolerance: 1}')}") != base
    assert digest(f"- {TASK[:-1]}, category: other}}") == base
    picture = write_suite("[]") / "a.png"
    shown = []
    for content in (b"one", b"two"):
        picture.write_bytes(content)
        shown.append(digest(f"- {TASK[:-1]}, images: [a.png]}}"))
    assert len({base, *shown}) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TASK.replace("grader", "garder"), "unknown key 'garder' in a task; did you mean grader?"),
        (TASK.replace(', reference: "4"', ""), "the task lacks 'reference'"),
        (TASK.replace(', wrong: ["5"]', ""), "lacks 'wrong'"),
        (TASK.replace('"4"', "4"), "'reference' must be text, not the number 4"),
        (TASK.replace("id: one", "id: One Task"), "use lower-case letters"),
        (f"{TASK}\n- {TASK}", "the id 'one' is taken at"),
        (f"{TASK[:-1]}, images: [none.png]}}", "none.png: No such file"),
        (TASK.replace("prompt:", "messages: [], prompt:"), "either 'prompt' or 'messages'"),
        (TEN_SUMS[2:].replace("count: 10", "count: 9999"), "widen their ranges"),
        (TEN_SUMS[2:].replace("answer: a + b", "answer: a + c"), "cannot compute 'a + c'"),
        (TEN_SUMS[2:].replace("answer: a + b", "answer: __import__('os')"), "cannot compute"),
        (TEN_SUMS[2:].replace("[1, 50]", "[50, 1]", 1), "parameter 'a' needs {range: [low, high]}"),
    ],
)  # fmt: skip
def test_a_wrong_task_is_named_with_file_and_line(write_suite: WriteSuite, text: str, words: str) -> None:
    folder = write_suite(f"- {text}\n")
    with pytest.raises(ConfigError) as error:
        load_suite(folder)
    assert str(folder / "tasks.yaml") + ":" in str(error.value)
    assert words in str(error.value)


def test_a_broken_json_line_is_named(write_suite: WriteSuite) -> None:
    folder = write_suite(f"- {TASK}\n")
    (folder / "more.jsonl").write_text('{"id": "a"}\n{oops\n')
    with pytest.raises(ConfigError, match=r"more\.jsonl:2: not valid JSON"):
        load_suite(folder)


def test_suites_are_chosen_by_name_glob_category_and_exclusion(
    write_suite: WriteSuite, tmp_path: Path
) -> None:
    for name, category in (("alpha", "math"), ("beta", "code"), ("gamma", "code")):
        write_suite(f"- {TASK}", name=name, category=category)
    known = {k: v for k, v in find_suites(tmp_path / "suites").items() if k in ("alpha", "beta", "gamma")}
    assert choose_suites("all", known) == ["alpha", "beta", "gamma"]
    assert choose_suites("code", known) == ["beta", "gamma"]
    assert choose_suites("*a,!beta", known) == ["alpha", "gamma"]
    with pytest.raises(UnknownName, match="no suite 'gama'; did you mean gamma"):
        choose_suites("gama", known)


@pytest.mark.parametrize("name", sorted(find_suites(Path("/nonexistent"))))
def test_every_shipped_suite_loads(name: str) -> None:
    suite = load_suite(find_suites(Path("/nonexistent"))[name])
    assert suite.licence == "MIT"
    asked = [(task.messages, task.images, task.document) for task in suite.tasks if not task.control]
    assert len(set(asked)) == len(asked), "two tasks ask the same"


def test_a_suite_says_edition_and_python_for_all_its_tasks(write_suite: WriteSuite) -> None:
    rest = 'prompt: "?", reference: r, wrong: [w]'
    tasks = (
        f"- {{id: a, grader: {{rust: {{driver: x, expect: [1]}}}}, {rest}}}\n"
        f"- {{id: b, grader: {{rust: {{driver: x, expect: [1], edition: 2015}}}}, {rest}}}\n"
        f"- {{id: c, grader: {{python: {{driver: x, expect: [1]}}}}, {rest}}}\n"
        f"- {{id: d, grader: exact, {rest}}}\n"
    )
    options = [
        task.grader.options
        for task in load_suite(write_suite(tasks, head="edition: 2021\npython: 3.13\n")).tasks
    ]
    assert [option.get("edition") for option in options] == [2021, 2015, None, None]
    assert [option.get("python") for option in options] == [None, None, 3.13, None]
