"""``harness rules export``: the rules as another tool reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from harness.cli.terminal import echo, write
from harness.errors import UnknownName
from harness.exporters import EXPORTERS
from harness.exporters import export as export_rules
from harness.files import write_atomically
from harness.names import nearest
from harness.rules.file import expired, load_rules
from harness.rules.ruleset import RuleSet


@click.command()
@click.option(
    "--rules", "file", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The rules file."
)
@click.option("--to", required=True, metavar="FORMAT", help=f"Tool to write for: {', '.join(EXPORTERS)}.")
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    default=None,
    help="The file to write, or a folder: where it ends in /, or the format has several files."
    "  [default: stdout]",
)
@click.option(
    "--local-url",
    default=None,
    help="Address at which local models are served, e.g. http://127.0.0.1:8000/v1.",
)
def export(file: Path, to: str, output: str | None, local_url: str | None) -> None:
    """Write the rules as another tool reads them; what it cannot express goes to stderr."""
    if to not in EXPORTERS:
        raise UnknownName(f"no export format {to!r}{nearest(to, EXPORTERS)}")
    loaded = load_rules(file)
    exported = export_rules(_served_at(loaded, local_url) if local_url else loaded, to)
    for loss in exported.losses:
        echo(f"not in {to}: {loss}", err=True)
    warn_if_old(loaded, file)
    if output is None:
        _print(exported.files)
        return
    place = Path(output)
    folder = output.endswith("/") or place.is_dir() or len(exported.files) > 1
    for name, text in exported.files.items():
        path = place / name if folder else place
        write_atomically(path, text)
        echo(path)


def warn_if_old(rules: RuleSet, file: Path) -> None:
    """Say so when the rules are no longer valid."""
    if (until := expired(rules, datetime.now(UTC))) is not None:
        echo(f"{file} was valid until {until}; measure again", err=True)


def _served_at(rules: RuleSet, url: str) -> RuleSet:
    """The rules with an address for the providers that have none."""
    providers = tuple(p if p.base_url else replace(p, base_url=url) for p in rules.providers)
    return replace(rules, providers=providers)


def _print(files: Mapping[str, str]) -> None:
    for name, text in files.items():
        if len(files) > 1:
            echo(f"==> {name} <==")
        write(text)
