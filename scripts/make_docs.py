"""Write what is generated: the commands and the columns of results in docs/, the schema of rules files.

``--check`` writes nothing and fails when a file is not current.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from harness.cli.main import cli
from harness.fieldtypes import ANY_INT, FieldType, field_types
from harness.paths import DATA
from harness.resultrow import ResultRow
from harness.results.store import SCHEMA_VERSION, arrow_schema
from scripts.rules_schema import schema_text

DOCS = Path(__file__).resolve().parent.parent / "docs"
RULES_SCHEMA = DATA / "routing_rules.schema.json"
NOTE = "<!-- written by scripts/make_docs.py; edit that, not this -->\n\n"


def main() -> None:
    """Write or check every generated page."""
    stale = [page for page in pages() if update(*page)]
    if stale and "--check" in sys.argv:
        names = ", ".join(path.name for path, _ in stale)
        sys.exit(f"docs are not current: {names}; run `make docs` and commit")


def pages() -> Iterator[tuple[Path, str]]:
    """Path and text of every generated page."""
    yield DOCS / "commands.md", commands_page()
    yield DOCS / "results.md", results_page()
    yield RULES_SCHEMA, schema_text()


def update(path: Path, text: str) -> bool:
    """Whether ``path`` differs from ``text``; written unless only checking."""
    differs = not path.exists() or path.read_text("utf-8") != text
    if differs and "--check" not in sys.argv:
        path.write_text(text, "utf-8")
    return differs


def commands_page() -> str:
    """Every command's own help text."""
    parts = [NOTE, "# Commands\n\nWhat `--help` says, for every command.\n"]
    for path, command in walk("harness", cli, click.Context(cli, info_name="harness")):
        context = click.Context(
            command, info_name=path, terminal_width=100, help_option_names=["-h", "--help"]
        )
        parts.append(f"\n## {path}\n```text\n{command.get_help(context)}\n```\n")
    return "".join(parts)


def walk(path: str, command: click.Command, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, with the words that call each."""
    yield path, command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from walk(f"{path} {name}", below, context)


def results_page() -> str:
    """The columns of the view ``results``: Arrow types from the schema, meanings from beneath the fields."""
    lines = [
        NOTE,
        "# The view `results`: one row a sample\n\n",
        f"Schema version {SCHEMA_VERSION}, in the Parquet metadata as `harness.schema_version`. ",
        "Seconds, tokens a second, US dollars.\n\n",
        "A figure beyond its bounds becomes NULL when the row is written, or the nearest bound where it\n",
        "cannot be NULL; `metrics.dropped` says what was there. A name of more than 500 characters is cut.\n",
        "In parts that another tool wrote, such figures are NULL in the view.\n\n",
        "| column | type | may be NULL | bounds | meaning |\n|---|---|---|---|---|\n",
    ]
    types, meanings = field_types(ResultRow), sentences(ResultRow)
    for column in arrow_schema():
        null = "yes" if column.nullable else ""
        bounds = _bounds(types[column.name])
        lines.append(f"| `{column.name}` | {column.type} | {null} | {bounds} | {meanings[column.name]} |\n")
    return "".join(lines)


def sentences(record: type) -> dict[str, str]:
    """What stands beneath each field of a dataclass. Raises ``KeyError`` where one has nothing."""
    body: Any = ast.parse(inspect.getsource(record)).body[0]
    beneath = {
        ast.unparse(field.target): ast.literal_eval(text.value)
        for field, text in pairwise(body.body)
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr)
    }
    return {field.name: beneath[field.name] for field in fields(record)}


def _bounds(field: FieldType) -> str:
    most = field.bounds.high
    if field.base not in (int, float) or most >= ANY_INT.high:
        return ""
    return f"{field.bounds.low:,.12g} to {most:,.12g}"


if __name__ == "__main__":
    main()
