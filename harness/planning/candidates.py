"""Who could hold a role: models with their sizes, and what was measured of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from harness.analysis.board import Board, Standing
from harness.engines.local.footprint import BITS, SMALLER, ModelShape
from harness.engines.local.gguf_file import ModelFile, read_model_file
from harness.errors import ModelUnavailable
from harness.models.enginekinds import is_hosted, kind_of
from harness.models.model_files import find_file
from harness.planning.agents_file import AgentsFile, Role
from harness.planning.memory import ModelParameters, find_parameters, quantization_in
from harness.records import ModelSpec

_PRECISE = "F16"  # what a plan means that names no quantisation


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that could be loaded here, at one quantisation.

    ``parameters`` are a count. ``measured_as`` is the quantisation that its results are of.
    """

    id: str
    quantization: str
    shape: ModelShape
    parameters: float
    context: int | None  # tokens that it was trained for
    measured_as: str
    path: Path | None = None  # where its file is here

    @property
    def title(self) -> str:
        """``qwen-coder Q4_K_M``: one name for each quantisation, told once."""
        return self.id if self.quantization.lower() in self.id.lower() else f"{self.id} {self.quantization}"

    def smaller(self) -> list[Candidate]:
        """The same model at each coarser quantisation, the finest first; nobody measured those."""
        bits = 8 * self.shape.weights / self.parameters
        return [self.at(name) for name in SMALLER if BITS[name] < bits - 0.05]

    def at(self, quantization: str) -> Candidate:
        """The same model at another quantisation, whose file is not here."""
        weights = int(self.parameters * BITS[quantization] / 8)
        shape = self.shape
        if isinstance(shape, ModelFile):  # a shape of its own: what the file took is not what this one takes
            shape = ModelShape(
                weights=weights,
                width=shape.width,
                vocabulary=shape.vocabulary,
                kv_per_token=shape.kv_per_token,
                heads=shape.heads,
                window=shape.window,
                kv_per_token_in_window=shape.kv_per_token_in_window,
            )
        return replace(self, quantization=quantization, shape=replace(shape, weights=weights), path=None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was measured of a model on a role's work."""

    board: Board
    standing: Standing

    @property
    def bound(self) -> float:
        """The lower end of the quality's 95 % interval: what may be counted on."""
        return self.standing.low or 0.0


def local_candidates(
    specs: Iterable[ModelSpec], agents: AgentsFile
) -> tuple[dict[str, Candidate], dict[str, str]]:
    """The models of ``models.yaml`` that run on this machine, by id; and why others are left out."""
    candidates: dict[str, Candidate] = {}
    left_out: dict[str, str] = {}
    for spec in specs:
        if spec.baseline or is_hosted(spec):
            continue
        try:
            path = find_file(spec, download=False) if kind_of(spec.engine).loads else None
            candidate = _of_file(spec, path) if path else by_name(spec, agents.parameters)
        except ModelUnavailable as error:
            candidate = by_name(spec, agents.parameters)
            if candidate is None:
                left_out[spec.id] = str(error)
                continue
        if candidate is None:
            left_out[spec.id] = "nobody knows how large it is; describe it under 'models'"
        else:
            candidates[spec.id] = candidate
    return candidates, left_out


def _of_file(spec: ModelSpec, path: Path) -> Candidate:
    file = read_model_file(path)
    quantization = file.quantization
    return Candidate(spec.id, quantization, file, file.parameters, file.context, quantization, path)


def by_name(spec: ModelSpec, models: Mapping[str, ModelParameters]) -> Candidate | None:
    """A model whose file is not here, by what its names say of it; ``None`` where no table has it."""
    names = [name for name in (spec.hf, spec.model, spec.path, spec.id) if name]
    of_table = next(filter(None, (find_parameters(name, models) for name in names)), None)
    if of_table is None:
        return None
    named = next(filter(None, (quantization_in(name) for name in names)), None)
    quantization = (spec.quantization or named or _PRECISE).upper()
    if quantization not in BITS:
        return None
    return Candidate(
        spec.id, quantization, of_table.shape(quantization), of_table.billions * 1e9, of_table.context,
        quantization,
    )  # fmt: skip


def by_hand(role: Role, candidates: Mapping[str, Candidate], agents: AgentsFile) -> Candidate | None:
    """What a plan made by hand gives a role: one of the candidates, or a model of a table."""
    if role.model is None:
        return None
    quantization = role.quantization.upper() if role.quantization else None
    candidate = candidates.get(role.model)
    if candidate is None:
        spec = ModelSpec(role.model, "llama_cpp", "local", quantization=quantization)
        return by_name(spec, agents.parameters)
    if quantization is None or quantization == candidate.quantization:
        return candidate
    return candidate.at(quantization)


def evidence_of(role: Role, boards: Mapping[str, Sequence[Board]]) -> dict[str, Evidence]:
    """What was measured for a role, by model: those that answered what all compared ones did."""
    by, name = ("suite", role.suite) if role.suite else ("task_type", role.task_type)
    board = next((board for board in boards.get(by, ()) if board.name == name), None)
    if board is None:
        return {}
    return {s.model: Evidence(board, s) for s in board.ranked if s.low is not None and s.n}
