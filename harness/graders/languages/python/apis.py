"""Names that Python's modules and types do not have, and deprecated ones, in code that is not run for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.graders.execution.apis import UNREAD, ApiUse
from harness.graders.languages.python.program import LOADERS, data, modules
from harness.sandbox.base import Limits, Sandbox
from harness.sandbox.warm import warm_python
from harness.trees import Tree

_DRIVER = Path(__file__).with_name("apis_driver")
_MODULES = ("library", "source", "uses", "reader")  # each after those that it imports
_READ = b"from harness.graders.languages.python.apis_driver.reader import read\nread(%s, __channel__)\n"
_LIMITS = Limits(wall_s=5, cpu_s=3, memory_mb=512)


def read_apis(codes: Tree, measured: Mapping[str, Any], sandbox: Sandbox) -> ApiUse:
    """An ``ApiReader``: a Python of its own imports the standard library's modules and looks at them."""
    script = LOADERS + modules(_DRIVER, _MODULES) + _READ % data(dict(codes))
    outcome = warm_python(sandbox).run(script, limits=_LIMITS)
    try:
        unknown, deprecated = json.loads(outcome.channel)
    except ValueError:
        return UNREAD
    return ApiUse(len(unknown), len(deprecated))
