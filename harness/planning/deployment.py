"""A plan of agents as other tools run it: llama-swap, Docker Compose, Ollama, opencode."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from harness.exporters.base import LOCAL_URL, Exported, slug
from harness.exporters.opencode import limits
from harness.jsontext import dump
from harness.models.shards import SHARD
from harness.planning.agents import AgentPlan, RolePlan, RunningServer
from harness.planning.memory import size
from harness.records import ModelSpec
from harness.reporting.text import plain
from harness.words import counted
from harness.yamltext import yaml_text

Specs = Mapping[str, ModelSpec]
_FIRST_PORT = 8081  # of Compose's services, one each
_FOLDER = "/models"  # where files are looked for that are not here
_LOADING_S = (
    600  # in which llama-swap lets a model be read; its own two minutes are short for 20 GB on a disk
)
_ROOMY = 16_384  # tokens, of which opencode's own instructions leave enough


@dataclass(frozen=True, slots=True)
class _Names:
    """What tools call roles and servers; no two are called alike, whatever letters a file has them in."""

    roles: Mapping[str, str]
    servers: Mapping[str, tuple[str, ...]]  # each instance

    @classmethod
    def of(cls, plan: AgentPlan) -> _Names:
        taken: set[str] = set()

        def new(text: str) -> str:
            name = next(n for n in _numbered(slug(text)) if n not in taken)
            taken.add(name)
            return name

        roles = {role.role.name: new(role.role.name) for role in plan.roles}
        servers = {
            running.server.name: tuple(new(running.server.name) for _ in range(running.instances))
            for running in plan.servers
        }
        return cls(roles, servers)

    def aliases(self, running: RunningServer, number: int) -> list[str]:
        """The roles that one of a server's instances answers for: they are dealt out in turn."""
        return [self.roles[role] for role in running.roles[number :: running.instances]]


def _numbered(name: str) -> Iterator[str]:
    """``name``, then ``name-2``, ``name-3`` and so on."""
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def llama_swap(plan: AgentPlan, specs: Specs) -> Exported:
    """``llama-swap.yaml``: a model a server, roles as aliases, and a matrix of what is loaded together."""
    names, models = _Names.of(plan), dict[str, Any]()
    stay, turns = list[str](), list[str]()  # as the matrix names them
    for running in plan.servers:
        command = " ".join(map(shlex.quote, ["llama-server", *_arguments(running, plan)]))
        for number, name in enumerate(names.servers[running.server.name]):
            models[name] = {"cmd": command.replace("'${PORT}'", "${PORT}")}
            if aliases := names.aliases(running, number):
                models[name]["aliases"] = aliases
            (turns if running.in_turns else stay).append(f"m{len(models)}")
    config: dict[str, Any] = {"healthCheckTimeout": _LOADING_S, "models": models}
    if models:
        together = " & ".join([*stay, f"({' | '.join(turns)})"] if turns else stay)
        letters = {f"m{number}": name for number, name in enumerate(models, 1)}
        config["matrix"] = {"vars": letters, "sets": {"agents": together}}
    peers = _peers(plan, specs)
    if peers:
        config["peers"] = peers
    losses = [
        f"{running.server.name} has {running.instances} instances for {counted(len(running.roles), 'role')}: "
        "all calls of a role go to one of them, the others answer by their own names"
        for running in plan.servers
        if running.instances > len(running.roles)
    ]
    return Exported({"llama-swap.yaml": yaml_text(config, width=1000)}, tuple(losses))


def compose(plan: AgentPlan, specs: Specs) -> Exported:
    """``compose.yaml``: llama.cpp's own image for each server that stays in memory."""
    names, services = _Names.of(plan), dict[str, Any]()
    on_gpu = plan.agents.device == "gpu"
    gpu = {"driver": "nvidia", "count": 1, "capabilities": ["gpu"]}
    for running in plan.servers:
        for name in names.servers[running.server.name]:
            folder, _, file = _path(running).rpartition("/")
            services[name] = {
                "image": f"ghcr.io/ggml-org/llama.cpp:server{'-cuda' if on_gpu else ''}",
                "command": [
                    *("-m", f"{_FOLDER}/{file}", "--host", "0.0.0.0", "--port", "8080"),
                    *_sizes(running),
                ],
                # not as "from:to", which a colon in a name breaks, and which makes a folder that is missing
                "volumes": [{"type": "bind", "source": folder or ".", "target": _FOLDER, "read_only": True}],
                "ports": [f"127.0.0.1:{_FIRST_PORT + len(services)}:8080"],
                "labels": {"roles": ", ".join(running.roles)},
                **({"profiles": [name]} if running.in_turns else {}),
                **({"deploy": {"resources": {"reservations": {"devices": [gpu]}}}} if on_gpu else {}),
            }
    turns = [
        name for running in plan.servers if running.in_turns for name in names.servers[running.server.name]
    ]
    hosted = any(role.seat and role.seat.hosted for role in plan.roles)
    losses = [f"turns: start one of these profiles at a time: {', '.join(turns)}"] if turns else []
    losses += ["hosted models: there is nothing to run here for them"] if hosted else []
    text = yaml_text({"services": services}).replace("$", "$$")  # Compose puts variables where a dollar is
    return Exported({"compose.yaml": text}, tuple(losses))


def ollama(plan: AgentPlan, specs: Specs) -> Exported:
    """A ``Modelfile`` for each role that is served here: ``ollama create ROLE -f ROLE.Modelfile``."""
    names, files, parts = _Names.of(plan), dict[str, str](), list[str]()
    for role in plan.roles:
        seat = role.seat
        running = next((each for each in plan.servers if role.role.name in each.roles), None)
        if seat is None or running is None:
            continue
        name = names.roles[role.role.name]
        lines = [f"# {plain(role.role.name)}", f"FROM {_path(running)}", f"PARAMETER num_ctx {seat.context}"]
        lines += ["PARAMETER num_gpu 0"] if plan.agents.device == "cpu" else []
        files[f"{name}.Modelfile"] = "".join(f"{line}\n" for line in lines)
        parts += [name] if SHARD.search(_path(running)) else []
    slots = max((running.slots for running in plan.servers), default=1)
    kinds = {running.server.kv for running in plan.servers}
    loaded = sum(not running.in_turns for running in plan.servers)
    loaded += any(running.in_turns for running in plan.servers)
    environment = [f"OLLAMA_NUM_PARALLEL={slots}", f"OLLAMA_MAX_LOADED_MODELS={loaded}"]
    if kinds - {"f16"}:
        environment += ["OLLAMA_FLASH_ATTENTION=1", f"OLLAMA_KV_CACHE_TYPE={max(kinds - {'f16'})}"]
    files["ollama.env"] = "".join(f"{line}\n" for line in environment)
    losses = ["slots and the type of keys and values are the same for all of Ollama's models"]
    if parts:
        losses.append(
            f"files in several parts, of {', '.join(parts)}: join them with `llama-gguf-split --merge`, and "
            "name the new file behind FROM"
        )
    return Exported(files, tuple(losses))


def opencode(plan: AgentPlan, specs: Specs) -> Exported:
    """``opencode.json``: a subagent each role."""
    names, providers, agents = _Names.of(plan), dict[str, Any](), dict[str, Any]()
    short: list[str] = []
    for role in plan.roles:
        name = names.roles[role.role.name]
        if (target := _target(role, name, specs)) is None:
            continue
        provider, address, key, model, context = target
        entry = providers.setdefault(
            provider, {"npm": "@ai-sdk/openai-compatible", "options": {"baseURL": address}, "models": {}}
        )
        if key:
            entry["options"]["apiKey"] = f"{{env:{key}}}"
        listed = entry["models"].setdefault(model, {"limit": limits(context)})
        listed["limit"] = limits(max(context, listed["limit"]["context"]))
        short += [f"{name} ({context:,})"] if context < _ROOMY else []
        work = role.role.work
        agents[name] = {
            "mode": "subagent",
            "description": f"{role.role.name}{f', for {work}' if work else ''}",
            "model": f"{provider}/{model}",
        }
    config = {"$schema": "https://opencode.ai/config.json", "provider": providers, "agent": agents}
    losses = [f"turns and slots: llama-swap keeps them, behind {LOCAL_URL} (--to llama-swap)"]
    if short:
        losses.append(
            f"room for its own instructions, of which contexts below {_ROOMY:,} tokens leave little: give a "
            f"longer 'context' to {', '.join(short)}"
        )
    return Exported({"opencode.json": dump(config)}, tuple(losses))


TOOLS: Mapping[str, Callable[[AgentPlan, Specs], Exported]] = {
    "llama-swap": llama_swap,
    "compose": compose,
    "ollama": ollama,
    "opencode": opencode,
}


def _path(running: RunningServer) -> str:
    candidate = running.server.candidate
    return str(candidate.path or f"{_FOLDER}/{slug(candidate.title)}.gguf")


def _arguments(running: RunningServer, plan: AgentPlan) -> list[str]:
    on_cpu = ["-ngl", "0"] if plan.agents.device == "cpu" else []
    return ["--port", "${PORT}", "-m", _path(running), *_sizes(running), *on_cpu]


def _sizes(running: RunningServer) -> list[str]:
    """Of one instance: all its contexts are one cache, of which each slot takes what it needs."""
    slots = -(-running.slots // running.instances)
    words = ["-c", str(running.tokens // running.instances), "-np", str(slots), "--kv-unified", "-fa", "on"]
    kv = running.server.kv
    return words if kv == "f16" else [*words, "-ctk", kv, "-ctv", kv]


def _target(role: RolePlan, name: str, specs: Specs) -> tuple[str, str, str | None, str, int] | None:
    """Provider, address, name of the key's variable, model and context, as a client asks for a role."""
    seat = role.seat
    if seat is None:
        return None
    if seat.server is not None:
        return "local", LOCAL_URL, None, name, seat.context
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
