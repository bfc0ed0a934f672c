"""What each engine is. Every room asks for its traits, and none compares its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from harness.records import ModelSpec


def is_here(base_url: str | None) -> bool:
    """Whether an address is one of this machine."""
    return urlsplit(base_url or "").hostname in ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class EngineKind:
    """Traits of an engine, known without loading it."""

    at: str  # ``module:attribute``, loaded when it is used
    provider: str  # of its models, where models.yaml names none
    params: str | None = None  # ``module:attribute`` of the table of its own; ``None``: any is passed on
    local: bool = False  # works on this machine: its models take turns there, and need no address
    billed: bool = False  # somebody else may charge for its answers
    edits: bool = False  # a program that works on a project's files itself; it needs no address
    tools: bool = False  # a model may be offered tools to call, if its server knows them
    routes: bool = False  # sends each request to one of other models, by its task type
    sees: Callable[[ModelSpec], bool] = lambda spec: True  # images, by its file; endpoints are asked
    replays: bool = False  # gives answers that were there before: they took no time and cost nothing now
    sends: Callable[[ModelSpec], bool] = lambda spec: False  # whether what it is asked leaves this machine

    @property
    def loads(self) -> bool:
        """Whether its models go into this machine's memory."""
        return self.local and not self.replays


ENGINES: Mapping[str, EngineKind] = {
    "llama_cpp": EngineKind(
        "harness.engines.local.llama_cpp:LlamaCpp",
        "local",
        "harness.engines.local.params:PARAMS",
        local=True,
        sees=lambda spec: bool(spec.mmproj or spec.model),  # Ollama's store may have a projector
    ),
    "command": EngineKind(
        "harness.engines.command:Command",
        "command",
        edits=True,
        sends=lambda spec: spec.network,
        sees=lambda spec: False,
    ),
    "openai": EngineKind(
        "harness.engines.endpoint.openai_api:OpenAIEndpoint",
        "openai",
        billed=True,
        tools=True,
        sends=lambda spec: not is_here(spec.base_url),
    ),
    "rules": EngineKind(
        "harness.routing.engine:Routed",
        "rules",
        local=True,
        billed=True,
        routes=True,
        sends=lambda spec: True,  # for all that is known before its file is read
    ),
    "scripted": EngineKind("harness.engines.scripted:Scripted", "scripted", local=True, replays=True),
}
"""By the name under which ``models.yaml`` and rows know them."""

_OTHER_TOOL = EngineKind("", "", replays=True)


def sees(spec: ModelSpec) -> bool:
    """Whether a model is asked what has images: as its entry says, else as its engine can tell."""
    return kind_of(spec.engine).sees(spec) if spec.vision is None else spec.vision


def kind_of(engine: str) -> EngineKind:
    """The traits of an engine; of a name that is none of ours (rows taken over) those of a replay."""
    return ENGINES.get(engine, _OTHER_TOOL)


def is_hosted(spec: ModelSpec) -> bool:
    """Whether another machine answers for a model: it takes no memory here."""
    kind = kind_of(spec.engine)
    return not kind.local and not kind.edits and not is_here(spec.base_url)
