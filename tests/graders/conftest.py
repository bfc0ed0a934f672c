from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.errors import SandboxUnavailable
from harness.graders import prepare
from harness.sandbox import open_sandbox
from harness.sandbox.base import Sandbox


@pytest.fixture(scope="module")
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """The real one; skips without it or the toolchain of the grader that the module is named after."""
    try:
        prepare(request.module.__name__.rpartition(".test_")[2])
        yield open_sandbox("bwrap")
    except SandboxUnavailable as missing:
        pytest.skip(str(missing))


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARNESS_VERDICT_CACHE", "off")
