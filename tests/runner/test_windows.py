"""What does not fit into a model's window is skipped, and counts as nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.analysis.standings import load_standings
from harness.engines.local.counting import count_tokens
from harness.messages import Message
from harness.models.config import load_config
from harness.records import ModelSpec, Suite
from harness.results.database import reading
from harness.runner.estimate import estimate
from harness.runner.plan import RunPlan, Selection, plan_of
from harness.runner.progress import Progress
from harness.runner.run import RunOptions, execute
from harness.runner.windows import FULL, too_long, window_of
from harness.solvers.base import SINGLE, Way
from harness.suites import load_suite
from tests.conftest import WriteSuite

WINDOW = 1024  # of the demo models
LENGTHS = (40, 500, 900, 960, 1000, 5000, 40_000)  # words of a prompt


def of_lengths(write_suite: WriteSuite, *lengths: int, name: str = "lengths") -> Suite:
    entries = [
        f"- {{id: w{length}, prompt: '{'no ' * length}', grader: exact, reference: 'yes', wrong: ['no'],"
        " max_tokens: 4}"
        for length in lengths
    ]
    return load_suite(write_suite("\n".join(entries), name))


def local(path: Path, **given: Any) -> ModelSpec:
    return ModelSpec("tiny", "llama_cpp", "local", path=str(path), **given)


@pytest.fixture
def lengths(write_suite: WriteSuite) -> Suite:
    return of_lengths(write_suite, *LENGTHS)


def test_a_local_model_counts_with_its_own_tokenizer(lengths: Suite, demo: Path) -> None:
    reasons = too_long([local(demo)], lengths.tasks, SINGLE)["tiny"]
    counted = count_tokens(demo, None, [(task.messages, task.reference) for task in lengths.tasks])
    assert counted is not None
    for task, tokens in zip(lengths.tasks, counted, strict=True):
        assert tokens is not None
        reason = reasons.get(("lengths", task.id))
        assert (reason is not None) == (tokens >= FULL * WINDOW), (task.id, tokens)
        if reason and len(task.messages[0].content) <= 16 * WINDOW:
            assert reason == f"prompt and answer have {tokens:,} tokens, the model's window 1,024"
    assert 0 < len(reasons) < len(LENGTHS)
    assert reasons["lengths", "w40000"].startswith("prompt and answer have about 30,000 tokens")


def test_a_smaller_context_in_params_is_the_window(lengths: Suite, demo: Path) -> None:
    spec = local(demo, params={"n_ctx": 256})
    assert window_of(spec) and len(too_long([spec], lengths.tasks, SINGLE)["tiny"]) == len(LENGTHS) - 1


@pytest.mark.parametrize(
    ("spec", "skipped"),
    [
        (ModelSpec("far", "openai", "x", base_url="http://localhost:1", model="m", context=1000), 2),
        (ModelSpec("far", "openai", "x", base_url="http://localhost:1", model="m"), 0),
        (ModelSpec("tool", "command", "command", command=("tool",), context=100), 0),
        (ModelSpec("oracle", "scripted", "baseline", baseline=True), 0),
        (ModelSpec("gone", "llama_cpp", "local", path="no-such.gguf"), 0),
    ],
)
def test_elsewhere_four_bytes_are_a_token_and_unknown_windows_take_everything(
    lengths: Suite, spec: ModelSpec, skipped: int
) -> None:
    assert len(too_long([spec], lengths.tasks, SINGLE).get(spec.id, ())) == skipped


def test_a_file_whose_tokenizer_cannot_be_used_is_counted_by_bytes(
    lengths: Suite, demo: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(demo.read_bytes().replace(b"tokenizer.ggml.tokens", b"tokenizer.ggml.tokenz"))
    assert count_tokens(broken, None, [((Message("user", "Hi"),), "yes")]) is None
    assert too_long([local(broken, params={"n_ctx": 256})], lengths.tasks[-1:], SINGLE)


def test_the_steps_of_an_orchestration_are_counted_one_by_one(write_suite: WriteSuite, demo: Path) -> None:
    step = "{type: math, prompt: '" + "no " * 300 + "', grader: exact, reference: 'yes'}"
    graph = f"- {{id: g, prompt: all, steps: {{a: {step}, b: {step}}}, wrong: [{{a: x}}]}}"
    suite = load_suite(write_suite(graph))
    assert not too_long([local(demo)], suite.tasks, Way(steps="chained"))
    assert too_long([local(demo)], suite.tasks, Way(steps="one"))


def test_a_run_skips_forecasts_and_compares_without_what_does_not_fit(
    write_suite: WriteSuite, demo_models: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two models, one with half the window; within minutes, and once more on resume."""
    of_lengths(write_suite, *range(20, 200, 20), 350, 370, 390, name="mixed")
    models = [
        f"- {{id: {name}, engine: llama_cpp, path: {path}, params: {{n_slots: 1{more}}}}}"
        for name, path, more in (("wide", demo_models[0], ""), ("narrow", demo_models[1], ", n_ctx: 512"))
    ]
    config = tmp_path / "models.yaml"
    config.write_text("models:\n" + "\n".join(models))
    monkeypatch.chdir(tmp_path)
    plan = plan_of(Selection("mixed", "wide,narrow", None, 1, 0, minutes=2.0), config)
    forecast = {of.model: of.samples for of in estimate(plan, {}).models}
    assert forecast == {"wide": 12, "narrow": 9}
    results = tmp_path / "results"
    counts = execute(plan, results, "run", Progress())
    assert (counts["ok"], counts["skipped"], counts["error"]) == (21, 3, 0)
    again = execute(plan, results, "run", Progress(), RunOptions("resume"))
    assert (again["ok"], again["skipped"]) == (0, 3)  # they are looked at again: a window may have grown
    standings = reading(results, None, load_standings)
    (board,) = standings.by("suite")
    assert {line.model: (line.errors, line.skipped) for line in board.lines} == {
        "wide": (0, 0),
        "narrow": (0, 3),
    }
    assert [(gap.model, gap.kind, gap.reason) for gap in standings.gaps if gap.kind == "skipped"] == [
        ("narrow", "skipped", "too_long")
    ]
    assert {line.model for line in board.ranked} == {"wide"} and not board.unanswered


def test_a_plan_made_by_hand_has_no_windows(lengths: Suite, demo: Path, tmp_path: Path) -> None:
    config = tmp_path / "models.yaml"
    config.write_text(f"models: [{{id: tiny, engine: llama_cpp, path: {demo}}}]\n")
    loaded = load_config(config)
    plan = RunPlan(Selection("lengths", "tiny", None, 1, 0), loaded, (lengths,), (loaded.models["tiny"],))
    assert all(item.skip is None for item in plan.items())
