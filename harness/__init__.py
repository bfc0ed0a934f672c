"""harness: a benchmark tournament that ends in routing rules.

``harness.open_results``, ``harness.run``, ``harness.Router`` and ``harness.load_rules`` are for notebooks and
programs (docs/python.md). They are imported when they are used, so that importing the package takes no time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.api import Results, Router, load_rules, open_results, run

__version__ = "0.1.0"
__all__ = ["Results", "Router", "load_rules", "open_results", "run"]


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'harness' has no attribute {name!r}")
    from harness import api

    return getattr(api, name)
