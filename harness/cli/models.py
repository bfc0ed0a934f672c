"""``harness models``: who can be asked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click

from harness.cli.options import config_option
from harness.cli.tables import print_table
from harness.config import find_config, load_config
from harness.engines import build_engine
from harness.engines.model_files import find_file
from harness.engines.placing import plan
from harness.errors import HarnessError, ModelUnavailable
from harness.records import ModelSpec


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
    click.echo(f"from {loaded.path}", err=True)


@models.command()
@click.argument("wanted", default="all")
@config_option
def check(wanted: str, config: Path | None) -> None:
    """Look at each file and ask each endpoint for its models, without loading or generating anything."""
    chosen = [spec for spec in load_config(find_config(config)).choose_models(wanted) if not spec.baseline]
    local = [spec for spec in chosen if spec.engine == "llama_cpp"]
    if local:
        _print_files(local)
    broken = [spec.id for spec in chosen if not _answers(spec)]
    if broken:
        raise HarnessError(f"{len(broken)} of {len(chosen)} models cannot be used: {', '.join(broken)}")


def _print_files(local: Sequence[ModelSpec]) -> None:
    titles = ("model", "file", "size", "type", "slots × context", "memory", "fits")
    print_table(titles, [row for spec in local if (row := _file_row(spec)) is not None])


def _file_row(spec: ModelSpec) -> tuple[str, ...] | None:
    """What a file's header says; what is wrong with the others is said by their own check."""
    try:
        path = find_file(spec, download=False)
        found = plan(spec, path) if path else None
    except ModelUnavailable:
        return None
    if found is None:
        return (spec.id, f"hf:{spec.hf}", "", "", "", "", "not downloaded")
    return (
        spec.id,
        found.file.path.name,
        f"{found.file.size / 1e6:,.1f} MB",
        found.file.quantization,
        f"{found.slots} × {found.context}",
        f"{found.needed / 1e6:,.0f} MB",
        f"yes, {found.on}" if found.fits else f"no, {(found.free or 0) / 1e6:,.0f} MB are free",
    )


def _answers(spec: ModelSpec) -> bool:
    try:
        said = asyncio.run(build_engine(spec).check())
    except ModelUnavailable as error:
        click.echo(f"{spec.id}: {error}", err=True)
        return False
    if spec.engine != "llama_cpp":  # whose line is in the table
        click.echo(f"{spec.id}: {said}")
    return True


def _source(spec: ModelSpec) -> str:
    if spec.path:
        return Path(spec.path).name
    return spec.hf or spec.model or spec.answers or spec.base_url or "built in"
