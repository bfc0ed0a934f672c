"""Files in memory, kept by somebody whose clock is not ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from harness.results.objects import Listed, Stored


@dataclass
class Memory:
    """``Objects`` with a clock that is set by hand, and a count of what was asked."""

    now: float = 1_000_000.0
    files: dict[str, Stored] = field(default_factory=dict)
    requests: dict[str, int] = field(default_factory=lambda: {"get": 0, "put": 0, "list": 0, "delete": 0})
    _versions: int = 0

    def get(self, name: str) -> Stored | None:
        self.requests["get"] += 1
        return self.files.get(name)

    def put(self, name: str, content: bytes, over: str | None = None) -> str | None:
        self.requests["put"] += 1
        there = self.files.get(name)
        if (there.tag if there else None) != over:
            return None
        self._versions += 1
        self.files[name] = Stored(content, str(self._versions), self.now)
        return str(self._versions)

    def list(self, folder: str = "") -> Iterator[Listed]:
        self.requests["list"] += 1
        for name, stored in sorted(self.files.items()):
            if not folder or name.startswith(f"{folder}/"):
                yield Listed(name, len(stored.content), stored.tag, stored.modified)

    def delete(self, name: str) -> None:
        self.requests["delete"] += 1
        self.files.pop(name, None)
