from __future__ import annotations

from pathlib import Path

from harness.results.store import RunWriter
from harness.runner.finished import finished
from tests.rows import row


def test_only_what_was_skipped_for_now_is_run_again(tmp_path: Path) -> None:
    with RunWriter(tmp_path, "run") as writer:
        writer.append(row(sample_id="graded"))
        writer.append(row(sample_id="failed", status="error", error_type="context_exceeded"))
        writer.append(row(sample_id="crossed-out", status="skipped", error_type="excluded"))
        writer.append(row(sample_id="no-model", status="skipped", error_type="model_unavailable"))
        writer.append(row(sample_id="no-model-then", status="error", model="other"))
        writer.append(row(sample_id="no-model-then", model="other"))
        writer.append(row(sample_id="let-go", status="skipped", error_type="dropped", model="other"))
        writer.append(row(sample_id="let-go-then", status="skipped", error_type="dropped", model="other"))
        writer.append(row(sample_id="let-go-then", model="other"))
    rows = finished(tmp_path, "run")
    assert rows.samples == {"graded", "failed", "crossed-out", "no-model-then", "let-go-then"}
    assert rows.by_model == {"demo-s": 3, "other": 3}
    assert rows.dropped == {"let-go"}
    again = finished(tmp_path, "run", retry_errors=True)
    assert again.samples == {"graded", "crossed-out", "no-model-then", "let-go-then"}


def test_spent_is_what_endpoints_were_paid(tmp_path: Path) -> None:
    with RunWriter(tmp_path, "run") as writer:
        for cost, engine, provider, timing in (
            (0.5, "openai", "groq", "measured"),
            (0.25, "openai", "groq", "measured"),
            (None, "openai", "mine", "measured"),
            (4.0, "openai", "groq", "replayed"),
            (8.0, "llama_cpp", "local", "measured"),
        ):
            given = {"cost_usd": cost, "engine": engine, "provider": provider, "timing": timing}
            writer.append(row(sample_id=f"{given}", **given))
    assert finished(tmp_path, "run").spent == {"groq": 0.75, "mine": 0.0}
