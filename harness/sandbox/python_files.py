"""What of a Python installation must be visible in the sandbox; also run by another Python, as a script.

Standard library only, for Python 3.11 and newer. As a script it prints one JSON object: ``version``,
``program`` and ``files``.
"""

from __future__ import annotations

import json
import platform
import sys
import sysconfig
from pathlib import Path


def program() -> Path:
    """The interpreter that runs this, without its virtual environment."""
    return Path(getattr(sys, "_base_executable", None) or sys.executable).resolve()


def needed() -> tuple[Path, ...]:
    """The program, its standard library and the libraries it is linked to."""
    base = {"base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    places = [sysconfig.get_path(name, vars=base) for name in ("stdlib", "platstdlib")]
    if Path(sys.base_prefix, "conda-meta").is_dir():  # whose Python shares libraries with everything else
        places.append(str(Path(sys.base_prefix, "lib")))
    libraries = Path(sysconfig.get_config_var("LIBDIR") or "/nowhere")
    shared = sorted(libraries.glob(f"libpython{sysconfig.get_python_version()}*.so*"))
    existing = [path.resolve() for path in (program(), *map(Path, places), *shared) if path.exists()]
    return tuple(dict.fromkeys(existing))


if __name__ == "__main__":
    about = {
        "version": platform.python_version(),
        "program": str(program()),
        "files": [*map(str, needed())],
    }
    print(json.dumps(about))
