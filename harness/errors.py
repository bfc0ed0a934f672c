"""The errors a user can meet. Each message is one line that says what to do next."""

from __future__ import annotations

import warnings


class HarnessError(Exception):
    """A known situation. The command line prints the message and exits with 1."""


class ConfigError(HarnessError):
    """A file the user wrote is wrong; the message starts with ``file:line``."""


class UnknownName(HarnessError):
    """A suite, model, run or format that does not exist; the message offers the nearest names."""


class ModelUnavailable(HarnessError):
    """A model cannot be opened: file missing or truncated, endpoint down, key refused."""


class NoRoom(ModelUnavailable):
    """A model is larger than the memory that is free now; others may be in it."""


class ResultsError(HarnessError):
    """The results folder cannot be read or written."""


class AllModelsFailed(HarnessError):
    """No model of a chain answered; the message lists what was tried."""


class SandboxUnavailable(HarnessError):
    """Model-written code cannot be run safely here; the message says how to fix it."""


class RepositoryError(HarnessError):
    """A git repository, or a store of its objects, cannot be read."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in a run; the message says what is kept and how to go on."""


class HarnessWarning(UserWarning):
    """Something was left out. The command line prints the message, which is one line, and goes on."""


def warn(message: str) -> None:
    """Say that something was left out, and go on."""
    warnings.warn(message, HarnessWarning, stacklevel=3)
