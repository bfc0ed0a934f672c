"""``harness models``: who can be asked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from harness import interrupts
from harness.cli.options import config_option
from harness.cli.tables import print_table
from harness.cli.terminal import echo
from harness.engines import build_engine
from harness.engines.local.footprint import BITS, KV_TYPES
from harness.engines.local.native import CONTEXT
from harness.engines.local.placing import MemoryPlan, held_together, plan
from harness.errors import HarnessError, ModelUnavailable
from harness.messages import Message
from harness.models.config import find_config, load_config
from harness.models.enginekinds import kind_of
from harness.models.model_files import find_file, projector_beside
from harness.planning.memory import find_parameters, footprint, quantization_in, size
from harness.records import ModelSpec, Request
from harness.words import counted

_NOT_HERE = "not here"


@click.group()
def models() -> None:
    """List and check the models."""


@models.command("list")
@config_option
def list_models(config: Path | None) -> None:
    """Show every model of models.yaml and the built-in baselines."""
    loaded = load_config(find_config(config))
    rows = [
        (
            spec.id,
            spec.engine,
            spec.provider,
            _source(spec),
            ", ".join(spec.tags),
            "baseline" if spec.baseline else "",
        )
        for spec in loaded.models.values()
    ]
    print_table(("model", "engine", "provider", "where", "tags", ""), rows)
    echo(f"from {loaded.path}", err=True)


@models.command()
@click.argument("wanted", default="all")
@click.option("--load", is_flag=True, help="Load each local model, and measure the memory that it takes.")
@click.option("--context", "n_ctx", type=click.IntRange(1, 10**8), help="Context of a slot, in tokens.")
@click.option("--slots", "n_slots", type=click.IntRange(1, 1024), help="Number of requests side by side.")
@click.option(
    "--kv", type=click.Choice([*KV_TYPES]), help="Type of the numbers in which keys and values are stored."
)
@config_option
def check(wanted: str, load: bool, config: Path | None, **placing: Any) -> None:
    """Look at each file and ask each endpoint for its models, without loading or generating anything.

    Memory is estimated from the file's header, or what the model took when it was last loaded so.
    """
    chosen = [
        _placed(spec, placing)
        for spec in load_config(find_config(config)).choose_models(wanted)
        if not spec.baseline
    ]
    local = [spec for spec in chosen if kind_of(spec.engine).loads]
    for spec in local if load else ():
        _load(spec)
    if local:
        _print_files(local)
    broken = [spec.id for spec in chosen if not _answers(spec)]
    if broken:
        raise HarnessError(
            f"{len(broken)} of {counted(len(chosen), 'model')} cannot be used: {', '.join(broken)}"
        )


def _placed(spec: ModelSpec, placing: Mapping[str, Any]) -> ModelSpec:
    """A local model with what the command line says instead of its ``params``."""
    given = {key: value for key, value in placing.items() if value is not None}
    return replace(spec, params={**spec.params, **given}) if kind_of(spec.engine).loads else spec


def _load(spec: ModelSpec) -> None:
    """Load a model and let it work, so that what it takes is known."""

    async def work() -> None:
        engine = build_engine(spec)
        await engine.open()
        try:
            await asyncio.gather(*(engine.complete(_work(number)) for number in range(2)))
        finally:
            await engine.close()

    with suppress(ModelUnavailable):  # its own check says why
        interrupts.run(work())


def _work(number: int) -> Request:
    prompt = Message("user", f"{number} " + "and again " * 300)
    return Request(f"check-{number}", "check", "check", (prompt,), max_tokens=8)


def _print_files(local: Sequence[ModelSpec]) -> None:
    rows: list[tuple[str, ...]] = []
    plans: dict[str, MemoryPlan] = {}
    unnamed: dict[str, Path] = {}
    for spec in local:
        try:
            path = find_file(spec, download=False)
            if path is None:
                rows.append(_row_without_file(spec))
                continue
            plans[spec.id] = plan(spec, path)
        except ModelUnavailable:
            continue  # what is wrong with it is reported by its own check
        rows.append(_file_row(spec.id, plans[spec.id]))
        if projector := projector_beside(spec, path):
            unnamed[spec.id] = projector
    print_table(("model", "type", "context", "weights", "KV", "compute", "total", "fits"), rows)
    for line in _shorter(local, plans):
        echo(line)
    if any(row[-1] == _NOT_HERE and row[2] for row in rows):
        echo("What is not here yet is reckoned by a table of models.")
    if any(each.measured is not None for each in plans.values()):
        echo("Memory was measured when a model was last loaded; in brackets is the estimate from its header.")
    if len(local) > 1:
        echo(_side_by_side(plans))
    for name, projector in unnamed.items():
        echo(f"{name} sees no images; its projector is here, if you name it: mmproj: {projector}")


def _file_row(name: str, planned: MemoryPlan) -> tuple[str, ...]:
    """What a file's header says."""
    return (
        name,
        planned.file.quantization + (" and projector" if planned.projector else ""),
        f"{planned.slots} × {planned.context}",
        size(planned.file.weights),
        size(planned.footprint.kv),
        size(planned.footprint.compute),
        _total(planned),
        f"yes, {_where(planned)}" if planned.fits else f"no, {size(planned.free or 0)} free",
    )


def _row_without_file(spec: ModelSpec) -> tuple[str, ...]:
    """What the table of models says of one that would have to be downloaded first."""
    name = str(spec.hf)
    parameters, quantization = find_parameters(name), spec.quantization or quantization_in(name) or ""
    if parameters is None or quantization not in BITS:
        return (spec.id, quantization, "", "", "", "", "", _NOT_HERE)
    context, slots = spec.params.get("n_ctx") or spec.context or CONTEXT, spec.params.get("n_slots", 1)
    taken, _ = footprint(parameters.shape(quantization), context, slots, spec.params.get("kv", "f16"))
    return (
        spec.id,
        quantization,
        f"{slots} × {context}",
        size(taken.weights),
        size(taken.kv),
        size(taken.compute),
        size(taken.total),
        _NOT_HERE,
    )


def _shorter(local: Sequence[ModelSpec], plans: Mapping[str, MemoryPlan]) -> Iterator[str]:
    """Whose context is shorter than what was asked for."""
    for spec in local:
        asked = spec.params.get("n_ctx")
        if asked and spec.id in plans and plans[spec.id].context < asked:
            yield f"{spec.id} was trained for {plans[spec.id].context:,} tokens, not {asked:,}."


def _total(planned: MemoryPlan) -> str:
    """What was measured, and in brackets the estimate, in the same unit if it can be."""
    needed, estimated = size(planned.needed), size(planned.estimated)
    if planned.measured is None:
        return needed
    return f"{needed} ({estimated.removesuffix(needed[-3:])})"


def _where(planned: MemoryPlan) -> str:
    return f"GPU, {planned.gpu_layers} of {planned.file.layers} layers" if planned.gpu_layers else planned.on


def _side_by_side(plans: Mapping[str, MemoryPlan]) -> str:
    """What a run would hold in memory at once."""
    on_gpu = {name: each for name, each in plans.items() if each.on == "GPU" and each.free is not None}
    if not on_gpu:
        return "A run loads one after the other; side by side they would share the same cores."
    held = held_together(on_gpu)
    rest = "; the others when there is room" if len(held) < len(plans) else ""
    return f"A run holds {len(held)} of them at once on the GPU: {', '.join(held)}{rest}."


def _answers(spec: ModelSpec) -> bool:
    try:
        message = interrupts.run(build_engine(spec).check())
    except ModelUnavailable as error:
        echo(f"{spec.id}: {error}", err=True)
        return False
    if not kind_of(spec.engine).loads:  # whose line is in the table
        echo(f"{spec.id}: {message}")
    return True


def _source(spec: ModelSpec) -> str:
    if spec.path:
        return Path(spec.path).name
    return spec.package or spec.hf or spec.model or spec.answers or spec.base_url or "built in"
