from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.errors import ModelUnavailable
from harness.records import ModelSpec
from harness.runner.describing import Describer

ADDED = ["total = sum(price * count for price, count in basket.items() if count > 0)"]
GOOD = "The total of a basket must not count what was taken out of it again."


def described(folder: Path, *answers: str) -> tuple[str | None, str]:
    path = folder / "answers.jsonl"
    lines = [{"task_id": "description", "turn": turn, "output": text} for turn, text in enumerate(answers, 1)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with Describer(ModelSpec("writer", "scripted", "scripted", answers=str(path))) as describer:
        return describer.describe("Count less", "Before: … After: …", ADDED)


def test_a_description_that_quotes_is_asked_for_again_and_then_refused(tmp_path: Path) -> None:
    assert described(tmp_path, f"<think>{ADDED[0]}</think>{GOOD}") == (GOOD, "")
    assert described(tmp_path, f"Write `{ADDED[0]}`.", GOOD) == (GOOD, "")
    refused, flaw = described(tmp_path, f"Write `{ADDED[0]}`.", f"So: {ADDED[0]}")
    assert refused is None and "tokens of the solution in a row" in flaw
    assert described(tmp_path, "", "")[0] is None


def test_a_model_that_does_not_answer_ends_it(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="writer does not describe"):
        described(tmp_path)
