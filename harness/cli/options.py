"""Options that mean the same in every command."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, get_args

import click

from harness.reporting.formats.rows import Form
from harness.results.locations import Remote, ResultsLocation, location_of

_LOST = ("reading the stream", "reading the Arrow source")  # what DuckDB says of parts that are gone


class _Results(click.Path):
    """A local folder, or object storage."""

    def __init__(self, *, local: bool = False) -> None:
        super().__init__(path_type=Path, file_okay=False)
        self.local = local
        if not local:
            self.name = "location"

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """Make a ``ResultsLocation`` of what was given. Exits with 2 where it cannot be one."""
        address = str(value)
        if "://" not in address:
            return super().convert(value, param, ctx)
        if self.local:
            self.fail(f"this command works on this machine: name a local folder, not {address}", param, ctx)
        try:
            return location_of(address)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Amount(click.FloatRange):
    """A number within bounds; without an upper one it is finite all the same."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number. Exits with 2 where it is none."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is no number.", param, ctx)
        return number


SEED = click.IntRange(0, 2**31 - 1)  # what every engine takes

LOCATION = _Results()
folder_option = click.option(
    "--results",
    type=_Results(local=True),
    default=Path("results"),
    show_default=True,
    help="Folder of the results.",
)
_location_option = click.option(
    "--results",
    type=LOCATION,
    default=Path("results"),
    show_default=True,
    help="Folder of the results, or s3://BUCKET/FOLDER (gs://, az://).",
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
    "--runs",
    "runs",
    multiple=True,
    default=("all",),
    show_default=True,
    callback=lambda _ctx, _param, given: tuple(name for text in given for name in _parts(text)),
    help="Runs to read: latest, all, or ids (or their beginnings); comma-separated, may be repeated.",
)
reports_option = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports"),
    show_default=True,
    help="Folder to write to.",
)
rules_option = click.option(
    "--rules",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("reports/routing_rules.yaml"),
    show_default=True,
    help="The rules file.",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Form)),
    default="table",
    show_default=True,
    help="Form of the output.",
)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def joined(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> str | None:
    """``--suite a --suite b`` is ``--suite a,b``."""
    return ",".join(given) or None


def results_option(command: Callable[..., None]) -> Callable[..., None]:
    """``--results``; a storage that is lost on the way is no bug of the command."""

    @wraps(command)
    def reading(*, results: ResultsLocation, **given: Any) -> None:
        try:
            command(results=results, **given)
        except Exception as error:
            if isinstance(results, Remote) and any(words in str(error) for words in _LOST):
                raise results.storage.unreadable(error) from error
            raise

    return _location_option(reading)
