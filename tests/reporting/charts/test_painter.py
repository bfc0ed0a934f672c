from __future__ import annotations

import sys

import pytest

from harness.reporting.charts import painter
from harness.reporting.charts.canvas import Canvas
from harness.reporting.charts.png import png


def test_another_process_paints_the_same_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = []
    for word in ("one", "two"):
        canvas = Canvas(60, 20)
        canvas.text(30, 10, word, "center")
        pictures.append((canvas, f"a test of {word}"))
    here = [png(*picture) for picture in pictures]
    with monkeypatch.context() as patched:
        patched.setattr(painter, "png", None)  # whoever painted here would fail
        assert painter.painter()(pictures)() == here
    monkeypatch.setattr(painter, "_PROGRAM", [sys.executable, "-c", "raise SystemExit(1)"])
    assert painter.painter()(pictures)() == here
