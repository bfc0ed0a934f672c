"""What ``_manifest.json`` says of a run. It may come from somebody else: only what has its shape is read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from harness.errors import warn
from harness.jsontext import parse
from harness.results.locations import ResultsLocation

_TEXT, _OPTIONAL_TEXT = {"type": "string"}, {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0, "maximum": 10**9}
_SHARE = {"type": ["number", "null"], "minimum": 0, "maximum": 1}


def _object(properties: dict[str, Any], *optional: str) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_SELECTION = {
    "suites": _TEXT,
    "models": _TEXT,
    "limit": {**_COUNT, "type": ["integer", "null"]},
    "repeats": _COUNT,
    "seed": {"type": "integer"},
    "budget_usd": {"type": ["number", "null"], "minimum": 0},
    "speed_lane": {"type": "boolean"},
    "format": {"enum": ["full", "halving", "race"]},
    "minutes": {"type": ["number", "null"], "exclusiveMinimum": 0},
    "solver": {"enum": ["single", "tries", "agent"]},
    "tries": {"type": "integer", "minimum": 1, "maximum": 5},
    "edit_format": {"enum": ["auto", "whole", "diff"]},
    "cost_limit": {"type": "number", "exclusiveMinimum": 0},
    "allow_remote": {"type": "boolean"},
    "steps": {"enum": ["chained", "injected", "one"]},
    "follow_up": {"type": "boolean"},
    "local_at_once": {"anyOf": [{"const": "auto"}, {"type": "integer", "minimum": 1}]},
}
# Runs from before do not say these.
_LATER = (
    *("budget_usd", "speed_lane", "format", "local_at_once", "solver", "tries", "edit_format", "minutes"),
    *("cost_limit", "allow_remote", "steps", "follow_up"),
)
_CUT = {
    "suite": _TEXT,
    "model": _TEXT,
    "why": {"enum": ["behind", "halved", "settled"]},
    "after": _COUNT,
    "decided": {"type": "boolean"},
    "quality": _SHARE,
    "leader_quality": _SHARE,
}
_UNDECIDED = {"suite": _TEXT, "leader": _TEXT, "rivals": _list(_TEXT)}
_ROUNDS = {
    "format": {"enum": ["halving", "race"]},
    "samples": _COUNT,
    "saved": _COUNT,
    "cuts": _list(_object(_CUT)),
    "undecided": _list(_object(_UNDECIDED)),
}
_MACHINE = {
    "processor": _TEXT,
    "cores": _COUNT,
    "memory_gb": {"type": "number", "minimum": 0, "maximum": 1e9},
    "gpu": _OPTIONAL_TEXT,
}
_MANIFEST = {
    "run_id": _TEXT,
    "status": _TEXT,
    "selection": {**_object(_SELECTION, *_LATER), "additionalProperties": False},
    "rounds": _object(_ROUNDS),
    "machine": _object(_MACHINE),
    "harness_version": _TEXT,
    "git_sha": _OPTIONAL_TEXT,
}
SCHEMA = _object(_MANIFEST, *(name for name in _MANIFEST if name != "run_id"))


def read_manifests(results: ResultsLocation, runs: Iterable[str]) -> list[dict[str, Any]]:
    """The manifests of ``runs``, in order; a run without one gives just its id, and so does a broken one."""
    return [_read(results / run / "_manifest.json") or {"run_id": run} for run in runs]


def _read(path: ResultsLocation) -> dict[str, Any] | None:
    if not path.exists():
        return None
    try:
        manifest: dict[str, Any] = parse(path.read_bytes())
        _check(manifest, path.parent.name)
    except (OSError, ValueError) as error:
        warn(f"{path} is left out: {error}")
        return None
    return manifest


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(SCHEMA)


def _check(manifest: object, run_id: str) -> None:
    """Raise ``ValueError`` where it is no manifest of the run."""
    for error in _validator().iter_errors(manifest):
        where = ".".join(map(str, error.absolute_path)) or "it"
        raise ValueError(f"{where} is not of the shape of a manifest")
    if isinstance(manifest, dict) and manifest["run_id"] != run_id:
        raise ValueError(f"it is of another run, {manifest['run_id']!r:.60}")
