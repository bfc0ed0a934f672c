"""Stand-ins for packages of which imported tests take very little."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NUMPY = """\
class ndarray:
    pass


float32 = float64 = float


def allclose(a, b, rtol=1e-05, atol=1e-08):
    if isinstance(a, (list, tuple)) or isinstance(b, (list, tuple)):
        pairs = zip(a, b, strict=True) if isinstance(b, (list, tuple)) else ((one, b) for one in a)
        return all([allclose(one, other, rtol, atol) for one, other in pairs])
    return a == b or abs(a - b) <= atol + rtol * abs(b)

"""
_OF_NUMPY = frozenset(("ndarray", "float32", "float64", "allclose"))


def numpy_stand_in(test: str) -> Mapping[str, str]:
    """The module that a test of EvalPlus needs in place of numpy; none for other tests."""
    imported = re.findall(r"^\s*(?:import numpy.*|from numpy.*)$", test, re.MULTILINE)
    used = set(re.findall(r"\bnp\.(\w+)", test))
    plain = imported and all(line.strip() == "import numpy as np" for line in imported)
    return {"numpy": _NUMPY} if plain and used <= _OF_NUMPY else {}
