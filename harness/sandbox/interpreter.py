"""The Python that runs inside a sandbox: the one that runs the harness, without its virtual environment."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

PYTHON = str(Path(getattr(sys, "_base_executable", None) or sys.executable).resolve())


def _needed() -> tuple[Path, ...]:
    """The program, its standard library and the libraries it is linked to."""
    base = {"base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    places = [sysconfig.get_path(name, vars=base) for name in ("stdlib", "platstdlib")]
    if Path(sys.base_prefix, "conda-meta").is_dir():  # whose Python shares libraries with everything else
        places.append(str(Path(sys.base_prefix, "lib")))
    libraries = Path(sysconfig.get_config_var("LIBDIR") or "/nowhere")
    shared = sorted(libraries.glob(f"libpython{sysconfig.get_python_version()}*.so*"))
    existing = [path.resolve() for path in (Path(PYTHON), *map(Path, places), *shared) if path.exists()]
    return tuple(dict.fromkeys(existing))


PYTHON_FILES = _needed()  # must be visible inside
