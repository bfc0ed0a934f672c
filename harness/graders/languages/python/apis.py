"""Names that Python's modules and types do not have, and deprecated ones, in code that is not run for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.graders.execution.apis import UNREAD, ApiUse
from harness.graders.languages.python.program import LOADERS, data, loaded
from harness.sandbox.base import Limits, Sandbox
from harness.sandbox.interpreter import OWN
from harness.sandbox.warm import warm_python
from harness.trees import Tree

DRIVER = Path(__file__).with_name("apis_driver.py")
_LIMITS = Limits(wall_s=5, cpu_s=3, memory_mb=512)


def read_apis(codes: Tree, measured: Mapping[str, Any], sandbox: Sandbox) -> ApiUse:
    """An ``ApiReader``: a Python of its own imports the standard library's modules and looks at them."""
    script = b"%s__payload__ = %s\nexec(%s)\n" % (LOADERS, data(dict(codes)), loaded(DRIVER, OWN))
    outcome = warm_python(sandbox).run(script, limits=_LIMITS)
    try:
        unknown, deprecated = json.loads(outcome.channel)
    except ValueError:
        return UNREAD
    return ApiUse(len(unknown), len(deprecated))
