"""Where shipped data lies: inside the installed package, or in the repository it is developed in."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).parent
DATA = PACKAGE / "data"
BUILTIN_MODELS = DATA / "models"
_REPOSITORY = PACKAGE.parent


def builtin_suites() -> Path:
    """The folder of the suites that come with harness."""
    packaged = DATA / "suites"
    return packaged if packaged.is_dir() else _REPOSITORY / "suites"


def builtin_models_yaml() -> Path:
    """The ``models.yaml`` that comes with harness."""
    packaged = DATA / "models.yaml"
    return packaged if packaged.is_file() else _REPOSITORY / "models.yaml"


def resolve(path: str, beside: Path) -> Path:
    """A path as a user writes it in a file: ``builtin:NAME``, ``~``, absolute, or relative to the file."""
    if path.startswith("builtin:"):
        return BUILTIN_MODELS / path.removeprefix("builtin:")
    return (beside.parent / Path(path).expanduser()).absolute()


def cache_folder() -> Path:
    """Where what can be made again is kept: ``$XDG_CACHE_HOME/harness``, else ``~/.cache/harness``.

    A user without a home has none either: what is kept there says that it cannot be.
    """
    given = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(given) if given else Path.home() / ".cache") / "harness"
    except RuntimeError:
        return Path("/nonexistent/.cache/harness")


def state_folder() -> Path:
    """Where what must not be lost is kept: ``$XDG_STATE_HOME/harness``, else ``~/.local/state/harness``."""
    given = os.environ.get("XDG_STATE_HOME")
    try:
        return (Path(given) if given else Path.home() / ".local" / "state") / "harness"
    except RuntimeError:
        return Path("/nonexistent/.local/state/harness")
