"""Engines: one file each, named here. ``models.yaml`` says ``engine: NAME``."""

from __future__ import annotations

from harness.engines.base import Engine
from harness.plugins import load
from harness.records import ModelSpec

ENGINES = {
    "llama_cpp": "harness.engines.local.llama_cpp:LlamaCpp",
    "openai": "harness.engines.endpoint.openai_api:OpenAIEndpoint",
    "scripted": "harness.engines.scripted:Scripted",
}


def build_engine(spec: ModelSpec) -> Engine:
    """The engine that ``spec`` names, not yet opened. ``KeyError`` when there is none."""
    engine: Engine = load(ENGINES[spec.engine])(spec)
    return engine
