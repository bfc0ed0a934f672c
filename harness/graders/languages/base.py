"""What the rest of harness must know of a programming language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language that answers may be written in. Paths are ``module:attribute``, loaded when used."""

    name: str  # in suites and behind fences
    suffix: str  # of its files
    graders: Mapping[str, str]  # name in task files → path of the class
    toolchain: str | None  # path of the function that finds its compiler; raises ``SandboxUnavailable``
    syntax: str  # path of the ``Syntax``: how its code is recognised in text
    docs: str  # path of the ``Docs``: how it is documented
    linter: str  # path of the ``Linter``
    apis: (
        str  # path of the ``ApiReader``: what of its library a program uses that is not there, or deprecated
    )
    runner: str  # path of the ``TestRunner``: how a repository's own tests are run
    example: str  # a comment with a fenced example, as it stands before everything else in a file
    file: str  # what a file with such a comment may be called
