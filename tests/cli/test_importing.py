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
