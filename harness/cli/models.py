"""``harness models``: who can be asked."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from harness.cli.options import config_option
from harness.config import find_config, load_config
from harness.errors import HarnessError, ModelUnavailable
from harness.records import ModelSpec


@click.group()
def models() -> None:
    """List and check the models."""


@models.command("list")
@config_option
def list_models(config: Path | None) -> None:
    """Show every model of models.yaml and the built-in baselines."""
    from harness.cli.tables import print_table

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
    broken = [spec.id for spec in chosen if not _answers(spec)]
    if broken:
        raise HarnessError(f"{len(broken)} of {len(chosen)} models cannot be used: {', '.join(broken)}")


def _answers(spec: ModelSpec) -> bool:
    from harness.engines import build_engine

    try:
        click.echo(f"{spec.id}: {asyncio.run(build_engine(spec).check())}")
    except ModelUnavailable as error:
        click.echo(f"{spec.id}: {error}", err=True)
        return False
    return True


def _source(spec: ModelSpec) -> str:
    if spec.path:
        return Path(spec.path).name
    return spec.hf or spec.model or spec.answers or spec.base_url or "built in"
