"""A rules file with everything that an exporter can meet. Run it to write the golden files anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.exporters import EXPORTERS, export
from harness.rules.ruleset import CallPolicy, Evidence, Fallback, Match, Provider, RoutedModel, Rule, RuleSet

GOLDEN = Path(__file__).parent / "golden"


def golden(exporter: str, file: str) -> Path:
    """Where the expected text lies. Under a name that no linter takes for ours."""
    return GOLDEN / exporter / f"{file.removeprefix('.')}.golden"


def model(id: str, provider: str, name: str, context: int | None = None, **more: object) -> RoutedModel:
    values: dict[str, object] = {
        "max_output": None,
        "price_in_per_1m": None,
        "price_out_per_1m": None,
        "price_cached_per_1m": None,
        "quantization": None,
        "gguf_path": None,
        "revision": None,
        "tps": None,
        "ttft_s": None,
    }
    return RoutedModel(id, provider, name, context, **(values | more))  # type: ignore[arg-type]


def evidence(decided: str = "win", quality: float | None = 0.9) -> Evidence:
    low = None if quality is None else quality - 0.06
    high = None if quality is None else quality + 0.04
    return Evidence(
        120, quality, low, high, "tiny", 0.1, 0.08, 1.2, 2.5, 0.0004, 0.0005, decided, None  # type: ignore[arg-type]
    )  # fmt: skip


def rule(
    task_type: str,
    primary: str | None,
    *fallbacks: str,
    priority: int = 100,
    confidence: float | None = 0.93,
    **more: Any,
) -> Rule:
    return Rule(
        id=task_type,
        task_type=task_type,
        roles=("coder",) if task_type == "code" else (),
        priority=priority,
        primary=primary,
        fallbacks=tuple(Fallback(name) for name in fallbacks),
        evidence=evidence() if primary else evidence("insufficient", None),
        reason=f"{primary} is ahead" if primary else "about 40 more tasks would settle it",
        confidence=confidence if primary else None,
        **more,
    )


def rule_set() -> RuleSet:
    """A local server, a GGUF file without one, three hosted providers, a replay; one type undecided."""
    return RuleSet(
        schema_version=1,
        generated_at="2026-11-20T12:00:00+00:00",
        valid_until="2027-02-18T12:00:00+00:00",
        generator="harness 0.1.0",
        run_ids=("20261120-120000-aaaa",),
        machine="a processor, 2 cores, 4 GB",
        data_sha256="0" * 64,
        providers=(
            Provider("vllm", "openai", "http://127.0.0.1:8081/v1", None),
            Provider("local", "llama_cpp", None, None),
            Provider("openrouter", "openai", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
            Provider("deepinfra", "openai", "https://api.deepinfra.com/v1/openai", "DEEPINFRA_API_KEY"),
            Provider("ours", "openai", "https://models.example.org/v1", "OUR_API_KEY"),
            Provider("replay", "scripted", None, None),
        ),
        models=(
            model("gguf-coder", "vllm", "gguf-coder", 16384, max_output=4096),
            model("tiny", "local", "tiny-q8", 2048, gguf_path="/models/my tiny.gguf", quantization="Q8_0"),
            model(
                "deepseek",
                "openrouter",
                "deepseek/deepseek-chat",
                131072,
                price_in_per_1m=0.3,
                price_out_per_1m=1.2,
            ),
            model(
                "qwen-coder",
                "openrouter",
                "qwen/qwen3-coder",
                262144,
                price_in_per_1m=0.5,
                price_out_per_1m=1.5,
            ),
            model("math", "deepinfra", "acme/math-7b", 8192, price_in_per_1m=0.1, price_out_per_1m=0.1),
            model("house", "ours", "house-model"),
            model("replayed", "replay", "replayed"),
        ),
        rules=(
            rule(
                "code",
                "gguf-coder",
                "deepseek",
                "qwen-coder",
                "replayed",
                by_speed={"ultra_fast": "tiny", "fast": "gguf-coder"},
                match=Match(keywords=("compiler", "stack trace")),
                params={"temperature": 0.2},
            ),
            replace(
                rule("code", "deepseek", "qwen-coder", priority=110),
                id="code@long",
                match=Match(min_context_tokens=32_001),
                context_tiers=("long",),
            ),
            rule("math", "math", "deepseek", match=Match(metadata={"team": "actuaries"})),
            rule("patient notes", "tiny", "deepseek", policy=CallPolicy(privacy="local", timeout_s=300.0)),
            rule("classification", "tiny", "house"),
            rule("long reports", "deepseek", "qwen-coder"),
            rule("translation", None),
            rule("*", "deepseek", "gguf-coder", priority=0),
        ),
        default_rule="*",
        policy=CallPolicy(),
        role_map={"classification": "background", "math": "think"},
    )


if __name__ == "__main__":
    for name in EXPORTERS:
        exported = export(rule_set(), name)
        folder = GOLDEN / name
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in exported.files.items():
            golden(name, file).write_text(text)
        (folder / "losses.txt").write_text("\n".join(exported.losses) + "\n")
