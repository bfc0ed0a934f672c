"""What models take of memory while missions run, whoever loads them."""

from __future__ import annotations

from harness.engines.local.gguf_file import read_model_file
from harness.engines.local.placing import plan
from harness.errors import ModelUnavailable
from harness.missions.setup import Setup
from harness.models.enginekinds import kind_of
from harness.planning.memory import find_parameters, footprint, quantization_in

_CONTEXT = 4096  # tokens, of a command that loads a model, where models.yaml says nothing
_GB = 1e9


def takes_memory(setup: Setup, model: str) -> bool:
    """Whether a model is loaded on this machine."""
    spec = setup.spec(model)
    kind = kind_of(spec.engine)
    return not (kind.sends(spec) or kind.replays or kind.edits)


def command_gb(setup: Setup, model: str) -> float | None:
    """Gigabytes of a model that a command loads, for one request at a time; ``None`` where nobody knows.

    From its file's header, or from the table of models whose files are not here.
    """
    spec, path = setup.spec(model), setup.path_of(model)
    context = spec.params.get("n_ctx") or spec.context or _CONTEXT
    name = f"{spec.id} {spec.model or spec.hf or spec.path or ''}"
    if path is not None:
        try:
            shape = read_model_file(path)
        except ModelUnavailable:
            return None
        return footprint(shape, min(context, shape.context or context), 1)[0].total / _GB
    parameters, quantization = find_parameters(name), spec.quantization or quantization_in(name)
    if parameters is None or quantization is None:
        return None
    try:
        return footprint(parameters.shape(quantization), context, 1)[0].total / _GB
    except KeyError:
        return None


def engine_gb(setup: Setup, model: str) -> float | None:
    """The same of a model that harness holds itself, with the slots that it gets."""
    path = setup.path_of(model)
    try:
        return None if path is None else plan(setup.spec(model), path).needed / _GB
    except ModelUnavailable:
        return None
