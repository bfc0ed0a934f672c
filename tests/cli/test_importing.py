from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Harness

ITEM = {
    "task_id": "Invented/1",
    "prompt": 'def brim(n):\n    """One more."""\n',
    "entry_point": "brim",
    "canonical_solution": "    return n + 1\n",
    "test": "def check(candidate):\n    assert candidate(1) == 2\n",
}


@pytest.fixture
def items(tmp_path: Path) -> Path:
    broken = {**ITEM, "task_id": "Invented/2", "canonical_solution": "    return n\n"}
    absent = {**ITEM, "task_id": "Invented/3", "prompt": "import numpy\n" + ITEM["prompt"]}
    path = tmp_path / "items.jsonl"
    path.write_text("".join(json.dumps(item) + "\n" for item in (ITEM, broken, absent)))
    return path


def test_an_imported_suite_is_listed_and_says_what_is_skipped(harness: Harness, items: Path) -> None:
    done = harness("import", "humaneval", str(items), "--into", "suites/toy")
    assert done.code == 0
    assert "suites/toy: 3 tasks, 1 of them skipped" in done.out
    assert "harness suites check toy" in done.out
    assert done.err == "skipped: invented-3: needs numpy, which is not installed in the sandbox\n"
    assert "toy" in harness("suites", "list").out
    again = harness("import", "humaneval", str(items), "--into", "suites/toy")
    assert again.code == 1
    assert "holds a suite already" in again.err


def test_check_skips_what_does_not_hold(
    harness: Harness, items: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    monkeypatch.setenv("HARNESS_VERDICT_CACHE", "off")
    done = harness("import", "humaneval", str(items), "--into", "suites/toy", "--check")
    assert "3 tasks, 2 of them skipped" in done.out
    assert "skipped: invented-2: the reference fails, but must pass: wrong_answer" in done.err
    check = harness("suites", "check", "toy")
    assert check.code == 0
    assert "toy: 3 tasks (2 skipped), 4 known answers graded, all as promised" in check.out


def test_a_wrong_file_is_one_line(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "odd.jsonl").write_text("{}\n")
    done = harness("import", "mbpp", "odd.jsonl", "--into", "suites/toy")
    assert (done.code, done.err) == (1, "error: odd.jsonl:1: 'prompt' is missing; there are no keys\n")
    assert not (tmp_path / "suites").exists()


def test_tests_that_cannot_be_compiled_here_skip_their_task(harness: Harness, tmp_path: Path) -> None:
    item = {
        "task_id": "Go/1",
        "prompt": "func Brim(n int) int {\n",
        "declaration": "func Brim(n int) int {\n",
        "canonical_solution": "\treturn n + 1\n}\n",
        "entry_point": "Brim",
        "test_setup": 'package main\n\nimport (\n\t"net/http"\n\t"testing"\n)\n',
        "test": "func TestBrim(t *testing.T) { _ = http.MethodGet }\n",
    }
    (tmp_path / "go.jsonl").write_text(json.dumps(item) + "\n")
    done = harness("import", "humanevalpack", "go.jsonl", "--into", "suites/go-toy")
    assert "skipped: go-1: `tests` answer_test.go: imports 'net/http', which is not offered here" in done.err
    assert "(1 skipped), 0 known answers" in harness("suites", "check", "go-toy").out


def test_two_items_of_one_id_are_refused(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "twice.jsonl").write_text(2 * (json.dumps(ITEM) + "\n"))
    done = harness("import", "humaneval", "twice.jsonl", "--into", "suites/toy")
    assert done.err == "error: twice.jsonl: two items have the id 'invented-1'\n"


def test_only_some_tasks_are_taken(harness: Harness, items: Path) -> None:
    done = harness("import", "humaneval", str(items), "--into", "suites/two", "--only", "invented-[13]")
    assert "suites/two: 2 tasks, 1 of them skipped" in done.out
    done = harness("import", "humaneval", str(items), "--into", "suites/one", "--limit", "1", "--check")
    assert "suites/one: 1 task, 0 of them skipped" in done.out
    done = harness("import", "humaneval", str(items), "--into", "suites/none", "--only", "invented-9")
    assert (done.code, "no task 'invented-9'; did you mean invented-" in done.err) == (1, True)


def test_a_task_whose_prompt_shows_a_solution_is_skipped(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    monkeypatch.setenv("HARNESS_VERDICT_CACHE", "off")
    idle = {**ITEM, "test": "def check(candidate):\n    assert candidate(1) in (None, 2)\n"}
    (tmp_path / "idle.jsonl").write_text(json.dumps(idle) + "\n")
    done = harness("import", "humaneval", "idle.jsonl", "--into", "suites/toy", "--check")
    assert "skipped: invented-1: the code that its prompt shows passes already" in done.err


def test_a_file_of_another_kind_is_named(harness: Harness, items: Path, tmp_path: Path) -> None:
    sample = {"doc_id": 0, "doc": {}, "target": "", "arguments": {}, "resps": [["x"]], "acc": 1.0}
    (tmp_path / "samples_a.jsonl").write_text(json.dumps(sample) + "\n")
    done = harness("import", "humaneval", "samples_a.jsonl", "--into", "suites/toy")
    assert done.err == (
        "error: samples_a.jsonl: holds results (lm-eval), no tasks: harness import results samples_a.jsonl\n"
    )
    done = harness("import", "mbpp", items.name, "--into", "suites/toy")
    assert "it looks like humaneval: harness import humaneval items.jsonl" in done.err
    done = harness("import", "results", items.name)
    assert "holds the tasks of a benchmark, no results: harness import humaneval items.jsonl" in done.err


def test_an_import_says_scale_and_passes_and_leaves_nothing_of_a_failure(
    harness: Harness, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text("suite,task_id,model,score,cost_usd\ns,a,m,0.9,0\ns,b,m,0.95,\n")
    done = harness("import", "results", "t.csv")
    assert "scores: 0.9 to 0.95 on a scale from 0 to 1\n" in done.err
    assert "compared by their mean score: s; --pass-at SHARE makes passes of scores" in done.err
    assert "a pass" not in done.err
    assert "1 of 2 samples cost 0 USD: read as free; where unknown, leave the cost empty" in done.err
    done = harness("import", "results", "t.csv", "--pass-at", "0.92")
    assert "a pass is a score from 0.92: 1 of 2" in done.err
    done = harness("import", "results", "t.csv", "--measure", "pass")
    assert "a pass is the full score (--pass-at SHARE makes passes of lower ones): 0 of 2" in done.err
    (tmp_path / "bad.csv").write_text("suite,task_id,model,score\ns,a,m,0.9\ns,b,m,9\n")
    assert harness("import", "results", "bad.csv", "--results", "elsewhere").code == 1
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(("option", "value"), [("--pass-at", "nan"), ("--scale", "nan"), ("--scale", "inf")])
def test_a_scale_and_a_share_are_numbers(harness: Harness, option: str, value: str) -> None:
    Path("t.csv").write_text("suite,task_id,model,score\ns,a,m,0.9\n")
    done = harness("import", "results", "t.csv", option, value)
    assert (done.code, f"'{option}': '{value}' is no number" in done.err.replace("nan is", "'nan' is")) == (
        2,
        True,
    )


def test_model_names_one_model_only(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("suite,task_id,model,passed\ns,a,m,1\ns,a,n,0\n")
    done = harness("import", "results", "t.csv", "--model", "x")
    assert (done.code, "has 2 models (m, n …); --model can name only one" in done.err) == (1, True)


def test_answers_that_are_compared_are_graded_at_once(harness: Harness, tmp_path: Path) -> None:
    items = [{"q": "Two?", "a": "#### 2"}, {"q": "Why?", "a": "x" * 300}, {"q": "Dots?", "a": "..."}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items))
    into = ("--into", "suites/toy", "--field", "question=q", "--field", "answer=a")
    done = harness("import", "gsm8k", "a.jsonl", *into)
    assert (done.code, done.out.splitlines()[0]) == (0, "suites/toy: 3 tasks, 1 of them skipped")
    assert "skipped: a-0002: the answer is a text of 300 characters" in done.err
    assert harness("suites", "check", "toy").code == 0
    for wrong, code in ((("--field", "question"), 2), (("--field", "nothing=q"), 1), (("--split", "x"), 2)):
        done = harness("import", "gsm8k", "a.jsonl", "--into", "suites/none", *wrong)
        assert (done.code, (tmp_path / "suites" / "none").exists()) == (code, False)
    unknown = harness("import", "bbh", "a.jsonl", "--into", "suites/none", "--field", "question=q")
    assert "error: bbh has no field 'question'; known: input, target" in unknown.err
