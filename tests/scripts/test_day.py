"""The simulated day: a monitor and canaries save most of what rules alone lose when a model breaks."""

from __future__ import annotations

import pytest

from scripts.bench import day


def test_who_is_watched_loses_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(day, "REQUESTS", 600)
    alone, watched = (day.played(name, 1.0) for name in ("rules alone", "rules and monitor"))
    half = day.REQUESTS // 2
    assert alone[half] == watched[half] == 0.0
    assert watched[-1] < alone[-1] / 3
    assert watched[-1] - watched[-90] < 1.0  # it was taken back
    day.played.cache_clear()
