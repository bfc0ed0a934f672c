"""Graders: one file each, named here. A task file says ``grader: {NAME: {options}}``."""

from __future__ import annotations

from harness.graders.base import Grader
from harness.plugins import load

GRADERS = {
    "exact": "harness.graders.exact:Exact",
    "label": "harness.graders.label:Label",
    "numeric": "harness.graders.numeric:Numeric",
    "python": "harness.graders.python:PythonTests",
    "rust": "harness.graders.rust:RustTests",
    "go": "harness.graders.go:GoTests",
}


def grader_class(name: str) -> type[Grader]:
    """The class behind a name in ``GRADERS``; ``KeyError`` when there is none."""
    cls: type[Grader] = load(GRADERS[name])
    return cls
