"""Small missions with models that stand in models.yaml, and rules that say who is good at what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from harness.rules.file import to_yaml
from harness.rules.ruleset import (
    CallPolicy,
    Candidate,
    Evidence,
    Fallback,
    Provider,
    RoutedModel,
    Rule,
    RuleSet,
)

MODELS = """\
models:
  - {id: coder, engine: llama_cpp, path: coder.gguf}
  - {id: writer, engine: llama_cpp, path: writer.gguf}
  - {id: tiny, engine: llama_cpp, path: tiny.gguf}
  - {id: cloud, engine: openai, provider: openai, model: cloud}
"""


def rules(passed: Mapping[str, Mapping[str, float]]) -> RuleSet:
    """By task type the pass rates of models on 40 tasks, best first; ``*`` is the default rule."""
    names = sorted({model for rates in passed.values() for model in rates})
    return RuleSet(
        schema_version=1,
        generated_at="2026-11-30T12:00:00+00:00",
        valid_until="2100-01-01T00:00:00+00:00",
        generator="harness 0.1.0",
        run_ids=("run",),
        machine="a machine",
        data_sha256="",
        providers=(Provider("local", "llama_cpp", None, None),),
        models=tuple(_model(name) for name in names),
        rules=tuple(_rule(task_type, rates) for task_type, rates in passed.items()),
        default_rule="*" if "*" in passed else None,
        policy=CallPolicy(),
    )


def _model(name: str) -> RoutedModel:
    return RoutedModel(name, "local", name, None, None, None, None, None, None, None, None, 30.0, None)


def _rule(task_type: str, rates: Mapping[str, float]) -> Rule:
    first, *others = rates
    candidates = tuple(
        Candidate(model, 40, rate, max(0, rate - 0.15), min(1, rate + 0.15), None, 30.0, 1.0, None, None)
        for model, rate in rates.items()
    )
    return Rule(
        id=task_type,
        task_type=task_type,
        roles=(),
        priority=100,
        primary=first,
        fallbacks=tuple(Fallback(model) for model in others),
        evidence=Evidence(
            40, rates[first], None, None, None, None, None, None, None, None, None, "win", None
        ),
        reason=f"{first} passes most",
        candidates=candidates,
    )


CODE = rules({"code": {"coder": 0.8, "writer": 0.5, "tiny": 0.1}, "*": {"writer": 0.6, "coder": 0.5}})


def write_missions(folder: Path, text: str, written: RuleSet | None = CODE) -> Path:
    """A missions file with models and rules beside it."""
    (folder / "models.yaml").write_text(MODELS)
    for name in ("coder", "writer", "tiny"):
        (folder / f"{name}.gguf").write_bytes(
            b"GGUF" + bytes({"coder": 900, "writer": 500, "tiny": 100}[name])
        )
    if written is not None:
        (folder / "rules.yaml").write_text(to_yaml(written))
        text = f"rules: rules.yaml\n{text}"
    path = folder / "missions.yaml"
    path.write_text(f"models: models.yaml\n{text}")
    return path
