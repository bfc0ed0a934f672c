"""llama-swap: local GGUF files started on demand, hosted models as peers, task types as aliases."""

from __future__ import annotations

import shlex
from typing import Any

from harness.exporters.base import Exported, Target, no_fallbacks, plan, used
from harness.rules.ruleset import RuleSet
from harness.yamltext import yaml_text


def export(rules: RuleSet) -> Exported:
    """``config.yaml``. A request names the task type, or a model, as its model."""
    planned = plan(rules, able=("gguf",))
    targets = used(planned.routes)
    local = [t for t in targets if t.model.gguf_path]
    aliases: dict[str, list[str]] = {}
    lost = []
    for route in planned.routes:
        if route.primary in local:
            aliases.setdefault(route.primary.id, []).append(route.task_type)
        else:
            lost.append(route.task_type)
    config: dict[str, Any] = {
        "models": {t.id: _model(t, aliases.get(t.id, []), rules) for t in local},
        "peers": _peers([t for t in targets if t not in local]),
    }
    if not config["peers"]:
        del config["peers"]  # ``models`` must be there, even empty
    text = yaml_text(config, width=1000)
    losses = [*planned.losses, *no_fallbacks(planned.routes, "llama-swap")]
    odd = [t.base_url for t in targets if t not in local and not t.base_url.endswith("/v1")]
    if odd:
        losses.append(f"llama-swap adds /v1/chat/completions to a peer's address; wrong for {', '.join(odd)}")
    if lost:
        losses.append(f"a peer's model takes no alias; ask for it by its name for: {', '.join(lost)}")
    return Exported({"llama-swap.yaml": text}, tuple(losses))


def _model(target: Target, aliases: list[str], rules: RuleSet) -> dict[str, Any]:
    model = target.model
    command = f"llama-server --port ${{PORT}} -m {shlex.quote(model.gguf_path or '')}"
    if model.context_window:
        command += f" -c {model.context_window}"
    return {
        "cmd": command,
        **({"aliases": aliases} if aliases else {}),
        "metadata": {"evidence": ", ".join(rules.run_ids)},
    }


def _peers(targets: list[Target]) -> dict[str, Any]:
    peers: dict[str, Any] = {}
    for target in targets:
        peer = peers.setdefault(target.provider.id, {"proxy": target.base_url.removesuffix("/v1")})
        if target.key_env:
            peer["apiKey"] = f"${{env.{target.key_env}}}"
        peer.setdefault("models", []).append(target.model.upstream_name)
    return peers
