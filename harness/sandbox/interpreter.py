"""The Python that runs inside a sandbox: the one that runs the harness, without its virtual environment."""

from __future__ import annotations

import sys
from pathlib import Path

PYTHON = str(Path(getattr(sys, "_base_executable", None) or sys.executable).resolve())
HOME = Path(sys.base_prefix).resolve()  # its standard library; must be visible inside
