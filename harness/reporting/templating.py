"""The templates beside this file, with every undefined name an error and HTML escaped by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from harness.reporting.text import block, plain, said

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """Templates by name. What others wrote is passed in as values, so it is never a template itself."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html.j2"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"plain": plain, "block": block, "said": said}
    return made
