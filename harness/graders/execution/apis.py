"""Whether what a program uses of its language's library is there, and is not on its way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from harness.graders.languages import LANGUAGES
from harness.plugins import load
from harness.sandbox.base import Sandbox
from harness.trees import Tree


@dataclass(frozen=True, slots=True)
class ApiUse:
    """Places in a program, counted; ``None`` where nobody looked."""

    unknown: int | None = None  # that name what a module or a type does not have
    deprecated: int | None = None  # that use what the library says is deprecated


UNREAD = ApiUse()
# The files of a program, what its verdict measured, and where code can be run.
ApiReader = Callable[[Tree, Mapping[str, Any], Sandbox], ApiUse]


def api_use(codes: Tree, language: str, measured: Mapping[str, Any], sandbox: Sandbox) -> ApiUse:
    """What is found in the files of a program in ``language``."""
    reader: ApiReader = load(LANGUAGES[language].apis)
    return reader(codes, measured, sandbox)
