"""Where shipped data lies: inside the installed package, or in the repository it is developed in."""

from __future__ import annotations

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
