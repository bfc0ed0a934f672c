"""What the Rust compiler said of deprecated functions when it compiled an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.graders.execution.apis import ApiUse
from harness.sandbox.base import Sandbox
from harness.trees import Tree


def read_apis(codes: Tree, measured: Mapping[str, Any], sandbox: Sandbox) -> ApiUse:
    """An ``ApiReader``. What a type does not have is refused by the compiler."""
    return ApiUse(None, measured.get("deprecated"))
