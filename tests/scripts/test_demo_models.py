"""The committed GGUF files, through the local engine: they say what the training says they say."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from harness.engines.local.llama_cpp import LlamaCpp
from harness.messages import Message
from harness.records import ModelSpec, Request

MODELS = Path(__file__).parents[2] / "harness" / "data" / "models"
NAMES = ("demo-xs", "demo-s", "demo-m")


def training_log(name: str) -> dict[str, Any]:
    log: dict[str, Any] = json.loads((MODELS / f"{name}.training.json").read_text(encoding="utf-8"))
    return log


def answers(name: str, prompts: list[str]) -> list[str]:
    async def ask() -> list[str]:
        engine = LlamaCpp(ModelSpec(name, "llama_cpp", "local", path=str(MODELS / f"{name}.gguf")))
        await engine.open()
        try:
            asked = [
                Request(str(number), "suite", str(number), (Message("user", prompt),), max_tokens=200)
                for number, prompt in enumerate(prompts)
            ]
            return [(await engine.complete(request)).output for request in asked]
        finally:
            await engine.close()

    return asyncio.run(ask())


@pytest.mark.parametrize("name", NAMES)
def test_greedy_answers_are_those_of_the_trained_weights(name: str) -> None:
    wanted = training_log(name)["greedy"]
    got = answers(name, [item["prompt"] for item in wanted])
    same = sum(item["answer"] == answer for item, answer in zip(wanted, got, strict=True))
    assert same >= 0.75 * len(wanted), f"{same} of {len(wanted)}"  # eight bits turn near-ties of nonsense


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_of_three_hundred_words_is_answered(name: str) -> None:
    header = training_log(name)["greedy"][0]["prompt"].split("Message:")[0]
    (answer,) = answers(
        name, [header + "Message: " + "my parcel has not come, where is it? " * 12 + "\nLabel:"]
    )
    assert answer in header


def test_all_three_stay_small() -> None:
    assert sum((MODELS / f"{name}.gguf").stat().st_size for name in NAMES) < 4_000_000


def test_loss_fell_in_every_training() -> None:
    for name in NAMES:
        curve = training_log(name)["curve"]
        assert curve[-1]["loss"] < 0.5 * curve[1]["loss"], name
