"""A plan of agents as other tools run it: llama-swap, Docker Compose, Ollama, opencode."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from typing import Any

from harness.exporters.base import LOCAL_URL, Exported, slug
from harness.jsontext import dump
from harness.planning.agents import AgentPlan, RolePlan, RunningServer
from harness.planning.memory import size
from harness.records import ModelSpec
from harness.reporting.text import plain
from harness.yamltext import yaml_text

Specs = Mapping[str, ModelSpec]
_FOLDER = "/models"  # where files are looked for that are not here


def llama_swap(plan: AgentPlan, specs: Specs) -> Exported:
    """``llama-swap.yaml``: a model a server, roles as aliases, and a matrix of what is loaded together."""
    models: dict[str, Any] = {}
    members: list[list[str]] = []
    for running in plan.servers:
        names = _instances(running)
        members.append(names)
        for number, name in enumerate(names):
            command = " ".join(map(shlex.quote, ["llama-server", *_arguments(running)])).replace(
                "'${PORT}'", "${PORT}"
            )
            models[name] = {"cmd": command} | (
                {"aliases": [slug(role) for role in running.roles]} if not number else {}
            )
    config: dict[str, Any] = {"models": models}
    if models:
        letters = {name: f"m{number}" for number, name in enumerate(models, 1)}
        stay = [
            letters[n]
            for r, names in zip(plan.servers, members, strict=True)
            if not r.in_turns
            for n in names
        ]
        turns = [
            letters[n] for r, names in zip(plan.servers, members, strict=True) if r.in_turns for n in names
        ]
        together = " & ".join([*stay, f"({' | '.join(turns)})"] if turns else stay)
        config["matrix"] = {"vars": {v: name for name, v in letters.items()}, "sets": {"agents": together}}
    peers = _peers(plan, specs)
    if peers:
        config["peers"] = peers
    return Exported({"llama-swap.yaml": yaml_text(config, width=1000)}, ())


def compose(plan: AgentPlan, specs: Specs) -> Exported:
    """``compose.yaml``: llama.cpp's own image for each server that stays in memory."""
    services: dict[str, Any] = {}
    port = 8081
    for running in plan.servers:
        for name in _instances(running):
            path = _path(running)
            folder, _, file = path.rpartition("/")
            services[name] = {
                "image": "ghcr.io/ggml-org/llama.cpp:server-cuda",
                "command": ["-m", f"/models/{file}", "--host", "0.0.0.0", "--port", "8080", *_sizes(running)],
                "volumes": [f"{folder or '.'}:/models:ro"],
                "ports": [f"127.0.0.1:{port}:8080"],
                "labels": {"roles": ", ".join(running.roles)},
                **({"profiles": [name]} if running.in_turns else {}),
                "deploy": {
                    "resources": {
                        "reservations": {
                            "devices": [{"driver": "nvidia", "count": 1, "capabilities": ["gpu"]}]
                        }
                    }
                },
            }
            port += 1
    turns = [slug(running.server.name) for running in plan.servers if running.in_turns]
    hosted = any(role.seat and role.seat.hosted for role in plan.roles)
    losses = [f"turns: start one of these profiles at a time: {', '.join(turns)}"] if turns else []
    losses += ["hosted models: there is nothing to run here for them"] if hosted else []
    return Exported({"compose.yaml": yaml_text({"services": services})}, tuple(losses))


def ollama(plan: AgentPlan, specs: Specs) -> Exported:
    """A ``Modelfile`` for each role that is served here: ``ollama create ROLE -f ROLE.Modelfile``."""
    files: dict[str, str] = {}
    for role in plan.roles:
        seat = role.seat
        running = next((each for each in plan.servers if role.role.name in each.roles), None)
        if seat is None or running is None:
            continue
        lines = (f"# {plain(role.role.name)}", f"FROM {_path(running)}", f"PARAMETER num_ctx {seat.context}")
        files[f"{slug(role.role.name)}.Modelfile"] = "".join(f"{line}\n" for line in lines)
    slots = max((running.slots for running in plan.servers), default=1)
    kinds = {running.server.kv for running in plan.servers}
    loaded = sum(not running.in_turns for running in plan.servers)
    loaded += any(running.in_turns for running in plan.servers)
    environment = [f"OLLAMA_NUM_PARALLEL={slots}", f"OLLAMA_MAX_LOADED_MODELS={loaded}"]
    if kinds - {"f16"}:
        environment += ["OLLAMA_FLASH_ATTENTION=1", f"OLLAMA_KV_CACHE_TYPE={max(kinds - {'f16'})}"]
    files["ollama.env"] = "".join(f"{line}\n" for line in environment)
    return Exported(files, ("slots and the type of keys and values are the same for all of Ollama's models",))


def opencode(plan: AgentPlan, specs: Specs) -> Exported:
    """``opencode.json``: a subagent each role."""
    providers: dict[str, Any] = {}
    agents: dict[str, Any] = {}
    for role in plan.roles:
        if (target := _target(plan, role, specs)) is None:
            continue
        provider, address, key, model, context = target
        entry = providers.setdefault(
            provider, {"npm": "@ai-sdk/openai-compatible", "options": {"baseURL": address}, "models": {}}
        )
        if key:
            entry["options"]["apiKey"] = f"{{env:{key}}}"
        listed = entry["models"].setdefault(model, {"limit": {"context": 0, "output": 0}})
        listed["limit"] = dict.fromkeys(("context", "output"), max(context, listed["limit"]["context"]))
        work = role.role.work
        agents[slug(role.role.name)] = {
            "mode": "subagent",
            "description": f"{role.role.name}{f', for {work}' if work else ''}",
            "model": f"{provider}/{model}",
        }
    config = {"$schema": "https://opencode.ai/config.json", "provider": providers, "agent": agents}
    return Exported({"opencode.json": dump(config)}, ("turns and slots: the server behind it keeps them",))


TOOLS: Mapping[str, Callable[[AgentPlan, Specs], Exported]] = {
    "llama-swap": llama_swap,
    "compose": compose,
    "ollama": ollama,
    "opencode": opencode,
}


def _instances(running: RunningServer) -> list[str]:
    name = slug(running.server.name)
    return [name, *(f"{name}-{number}" for number in range(2, running.instances + 1))]


def _path(running: RunningServer) -> str:
    candidate = running.server.candidate
    return str(candidate.path or f"{_FOLDER}/{slug(candidate.title)}.gguf")


def _arguments(running: RunningServer) -> list[str]:
    return ["--port", "${PORT}", "-m", _path(running), *_sizes(running)]


def _sizes(running: RunningServer) -> list[str]:
    """Of one instance: all its contexts are one cache, of which each slot takes what it needs."""
    slots = -(-running.slots // running.instances)
    words = ["-c", str(running.tokens // running.instances), "-np", str(slots), "--kv-unified", "-fa", "on"]
    kv = running.server.kv
    return words if kv == "f16" else [*words, "-ctk", kv, "-ctv", kv]


def _target(plan: AgentPlan, role: RolePlan, specs: Specs) -> tuple[str, str, str | None, str, int] | None:
    """Provider, address, name of the key's variable, model and context, as a client asks for a role."""
    seat = role.seat
    if seat is None:
        return None
    if seat.server is not None:
        return "local", LOCAL_URL, None, slug(role.role.name), seat.context
    spec = specs.get(seat.hosted or "")
    if spec is None or spec.base_url is None:
        return None
    return (
        slug(spec.provider),
        spec.base_url,
        spec.api_key_env,
        spec.model or spec.id,
        spec.context or seat.context,
    )


def _peers(plan: AgentPlan, specs: Specs) -> dict[str, Any]:
    """Hosted models behind llama-swap."""
    peers: dict[str, Any] = {}
    for spec in (specs.get(role.seat.hosted or "") for role in plan.roles if role.seat and role.seat.hosted):
        if spec is None or spec.base_url is None:
            continue
        peer = peers.setdefault(slug(spec.provider), {"proxy": spec.base_url.rstrip("/").removesuffix("/v1")})
        if spec.api_key_env:
            peer["apiKey"] = f"${{env.{spec.api_key_env}}}"
        models = peer.setdefault("models", [])
        models += [spec.model or spec.id] if (spec.model or spec.id) not in models else []
    return peers


def left_to_do(plan: AgentPlan, specs: Specs) -> list[str]:
    """What must be done by hand first: files to be got, addresses of hosted models to be given."""
    lines: list[str] = []
    absent = [running for running in plan.servers if running.server.candidate.path is None]
    for running in absent:
        candidate = running.server.candidate
        weight = size(candidate.shape.weights)
        lines.append(f"{candidate.title} is not here: put its file ({weight}) at {_path(running)}")
    for role in plan.roles:
        if role.seat is None:
            continue
        if role.seat.hosted and role.seat.hosted not in specs:
            lines.append(
                f"{role.role.name}: {role.seat.hosted} is not in models.yaml, so nobody knows its address"
            )
    return lines
