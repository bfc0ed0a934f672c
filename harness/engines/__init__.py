"""Engines: what models run on, each behind one protocol (``base``)."""

from __future__ import annotations

from harness.engines.base import Engine
from harness.models.enginekinds import ENGINES
from harness.plugins import load
from harness.records import ModelSpec


def build_engine(spec: ModelSpec) -> Engine:
    """The engine that ``spec`` names, not yet opened. ``KeyError`` when there is none."""
    engine: Engine = load(ENGINES[spec.engine].at)(spec)
    return engine
