"""Every target of ``make fuzz`` can be fuzzed, and holds for a few inputs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import strategies as st

from scripts.fuzz.__main__ import holds
from scripts.fuzz.holding import Target
from scripts.fuzz.targets import TARGETS


@pytest.mark.filterwarnings("ignore::harness.errors.HarnessWarning")
@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds(name: str) -> None:
    assert holds(name, replace(TARGETS[name], examples=3), 0)


def test_a_traceback_is_shown_with_its_input(capsys: pytest.CaptureFixture[str]) -> None:
    def check(value: int) -> None:
        assert value < 1000

    assert not holds("numbers", Target(st.integers(), check), 0)
    assert "value=1000" in capsys.readouterr().out
