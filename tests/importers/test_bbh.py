"""BIG-Bench Hard: kinds of tasks are told from the targets of a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.errors import ConfigError
from harness.importers import read
from tests.importers.conftest import ProveTexts


def write(path: Path, examples: list[dict[str, Any]]) -> Path:
    path.write_text(json.dumps({"canary": "not to be learned", "examples": examples}))
    return path


def puzzle(number: int, target: str) -> dict[str, str]:
    return {"input": f"Which is {number}?\nOptions:\n(A) a hat\n(B) the coat\n(C) none", "target": target}


def test_every_kind_is_graded_as_it_says(tmp_path: Path, prove_texts: ProveTexts) -> None:
    write(tmp_path / "hats.json", [puzzle(n, f"({'ABC'[n % 3]})") for n in range(12)])
    write(tmp_path / "counting.json", [{"input": f"Count to {n}", "target": str(n)} for n in range(3)])
    write(
        tmp_path / "even.json",
        [{"input": f"Is {n} even?", "target": "No" if n % 2 else "Yes"} for n in range(8)],
    )
    lines = [{"input": f"Close: {'[ ' * n}", "target": " ".join("]" * n)} for n in range(1, 5)]
    (tmp_path / "brackets.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    imported = read("bbh", tmp_path)
    kinds = {task["category"]: next(iter(task["grader"])) for task in imported.tasks}
    assert kinds == {"hats": "label", "counting": "numeric", "even": "label", "brackets": "exact"}
    assert prove_texts(imported) == {}
    first = next(task for task in imported.tasks if task["id"] == "hats-0002")
    assert (first["reference"], first["wrong"]) == ("B", ["C"])
    assert first["prompt"].count("the coat") == 1


def test_a_target_of_another_kind_is_skipped_or_understood(tmp_path: Path) -> None:
    examples = [puzzle(n, "(B)") for n in range(18)] + [puzzle(18, "the coat"), puzzle(19, "a scarf")]
    *_, coat, scarf = read("bbh", write(tmp_path / "hats.json", examples)).tasks
    assert coat["reference"] == "B"
    assert scarf["skip"] == "the target 'a scarf' is of another kind than those around it"


def test_examples_that_are_broken_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"a\.json:1: 'target' is missing; there are input"):
        read("bbh", write(tmp_path / "a.json", [{"input": "x"}]))
    with pytest.raises(ConfigError, match=r"a\.json:1: example 1 must be a mapping"):
        read("bbh", write(tmp_path / "a.json", ["x"]))  # type: ignore[list-item]
