"""Run by a repository's own Python: prints where that imports from, as one JSON object.

Standard library only, for old Pythons too. Packages that are installed editable are found through a line in a
``.pth`` file, which is in ``sys.path`` then, or through a finder with a mapping of names to folders.
"""

import importlib.util
import json
import os
import sys
from pathlib import Path

paths = [os.path.realpath(path) for path in sys.path[1:]]  # the first is the working folder
for finder in sys.meta_path:
    mapping = getattr(sys.modules.get(getattr(finder, "__module__", "")), "MAPPING", {})
    paths += [str(Path(os.path.realpath(path)).parent) for path in dict(mapping).values()]
print(
    json.dumps(
        {
            "prefix": sys.prefix,
            "paths": list(dict.fromkeys(paths)),
            "pytest": importlib.util.find_spec("pytest") is not None,
        }
    )
)
