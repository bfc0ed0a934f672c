"""What a worker is told on its machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """``local``: it takes models that go into its memory; ``only`` that one model, and nothing else.

    ``company`` is how many workers share the machine.
    """

    config: Path | None = None
    sandbox: str = "auto"
    cached: bool = False
    local: bool = True
    only: str | None = None
    company: int = 1

    def of_model(self, model: str) -> WorkerOptions:
        """Those of a worker that has one model in memory."""
        return replace(self, only=model)

    def without_models(self) -> WorkerOptions:
        """Those of a worker that has none."""
        return replace(self, local=False)

    @property
    def arguments(self) -> list[str]:
        """The same on the command line of ``harness worker``."""
        config = ["--config", str(self.config.resolve())] if self.config else []
        flags = ["--cache"] * self.cached + ["--no-local-models"] * (not self.local)
        company = ["--company", str(self.company)] if self.company > 1 else []
        return ["--sandbox", self.sandbox, *config, *flags, *company]
