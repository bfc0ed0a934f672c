"""What is started: a Python that can import the modules of this folder, and of harness nothing else.

``python -I -S launcher.py``. An object stands for the package, and its folder is not on ``sys.path``, where
the standard library is alone: no file that lies anywhere else can stand in for a module of either.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

PACKAGE = "harness.sandbox.launcher"

if __name__ == "__main__":
    package = sys.modules[PACKAGE] = ModuleType(PACKAGE)
    package.__path__ = [__file__.rpartition("/")[0]]
    import_module(f"{PACKAGE}.serving").serve()
