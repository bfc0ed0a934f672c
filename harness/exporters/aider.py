"""Aider: main, weak and editor model, an alias for each task type, settings and metadata beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from harness.exporters.base import Exported, Target, no_fallbacks, per_token, plan, used
from harness.exporters.litellm import by_address, upstream  # Aider calls models through LiteLLM
from harness.jsontext import dump
from harness.rules.ruleset import RuleSet
from harness.yamltext import yaml_text


def export(rules: RuleSet) -> Exported:
    """``.aider.conf.yml``, ``.aider.model.settings.yml`` and ``.aider.model.metadata.json``."""
    planned = plan(rules)
    targets = used(planned.routes)
    code = next((r for r in planned.typed if r.task_type == "code"), None) or planned.fallback
    weak = planned.slot(rules, "background")
    conf: dict[str, Any] = {}
    if code:
        conf["model"] = upstream(code.primary)
    if editor := planned.slot(rules, "editor") or code:
        conf["editor-model"] = upstream(editor.primary)
    if weak:
        conf["weak-model"] = upstream(weak.primary)
    conf["alias"] = [f"{route.task_type}:{upstream(route.primary)}" for route in planned.routes]
    settings = [_settings(target, weak.primary if weak else None) for target in targets]
    metadata = {upstream(target): limits for target in targets if (limits := _metadata(target))}
    files = {
        ".aider.conf.yml": yaml_text(conf),
        ".aider.model.settings.yml": yaml_text(settings),
        ".aider.model.metadata.json": dump(metadata),
    }
    return Exported(files, (*planned.losses, *no_fallbacks(planned.routes, "Aider"), *_keys(targets)))


def _keys(targets: Sequence[Target]) -> list[str]:
    """Aider has no setting for the variable that holds a key."""
    own = sorted({t.key_env for t in targets if by_address(t) and t.key_env} - {"OPENAI_API_KEY"})
    if not own:
        return []
    return [
        f"Aider sends OPENAI_API_KEY to every address of your own: it must hold what {' or '.join(own)} holds"
    ]


def _settings(target: Target, weak: Target | None) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": upstream(target), "edit_format": "diff"}
    if weak:
        entry["weak_model_name"] = upstream(weak)
    if by_address(target):
        entry["extra_params"] = {"api_base": target.base_url}
    return entry


def _metadata(target: Target) -> dict[str, Any]:
    model = target.model
    limits = {
        "max_input_tokens": model.context_window,
        "max_output_tokens": model.max_output,
        "input_cost_per_token": per_token(model.price_in_per_1m),
        "output_cost_per_token": per_token(model.price_out_per_1m),
    }
    return {key: value for key, value in limits.items() if value is not None}
