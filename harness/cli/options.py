"""Options that mean the same in every command."""

from __future__ import annotations

from pathlib import Path

import click

results_option = click.option(
    "--results",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("results"),
    show_default=True,
    help="Folder of the results.",
)
config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="The models file.  [default: ./models.yaml, else the one that comes with harness]",
)
sandbox_option = click.option(
    "--sandbox",
    type=click.Choice(["auto", "bwrap", "none"]),
    default="auto",
    show_default=True,
    help="How model-written code is confined; none runs it unprotected.",
)
runs_option = click.option(
    "--run",
    "runs",
    multiple=True,
    default=("all",),
    show_default=True,
    help="Runs to read: latest, all, or ids (or their beginnings); may be repeated.",
)
