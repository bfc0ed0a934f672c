"""What runs inside the sandbox for one group of a project's checks: its driver, which imports the project.

It shares its globals with ``driver.py``, which runs first and whose wire format it uses. ``__script__`` is
the driver's source. Values go where standard output went; what the project prints goes to standard error.
"""

from __future__ import annotations

import sys
from posix import _exit, dup, dup2, getcwd

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from harness.graders.languages.python.driver import BROKEN_OFF, put, text


def check(script: str) -> NoReturn:
    """Run the driver, and leave without giving the project a last word."""
    channel, count, folder = dup(1), 0, getcwd()
    dup2(2, 1)
    sys.path.insert(0, folder)

    def emit(value: Any) -> None:
        nonlocal count
        line = f"{count} {text(value)}\n".encode()
        count += 1
        put(channel, line)

    try:
        exec(compile(script, "driver.py", "exec", dont_inherit=True), {"__name__": "driver", "emit": emit})
    except BaseException:
        import traceback

        put(2, traceback.format_exc().replace(folder + "/", "").encode(errors="replace"))
        _exit(BROKEN_OFF)
    _exit(0)


check(globals().pop("__script__"))
