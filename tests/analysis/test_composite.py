"""The published figures of four models."""

from __future__ import annotations

import pytest

from harness.analysis.composite import additive, anchored, geometric, leading_shares

QUALITY = (0.90, 0.82, 0.70, 0.55)
SPEED = [anchored("speed", tps) or 0 for tps in (40, 90, 150, 300)]
COST = [anchored("cost", usd) or 0 for usd in (12, 3, 0.8, 0.1)]
MODELS = list(zip(QUALITY, SPEED, COST, strict=True))  # W, X, Y, Z


def test_anchors_are_logarithmic_and_end_at_their_ends() -> None:
    assert [round(place, 4) for place in SPEED] == [0.3758, 0.5956, 0.7341, 0.9220]
    assert [round(place, 4) for place in COST] == [0.0853, 0.3166, 0.5372, 0.8843]
    assert (anchored("cost", 0.0), anchored("speed", 0.0)) == (1.0, 0.0)
    assert (anchored("cost", 1000), anchored("speed", 1000)) == (0.0, 1.0)
    assert anchored("cost", None) is None


def test_weights_and_means_choose_the_winner() -> None:
    even = [additive(values, (0.6, 0.2, 0.2)) for values in MODELS]
    assert even.index(max(even)) == 3
    assert even[3] == pytest.approx(0.6913, abs=5e-5)
    added = [additive(values, (0.8, 0.1, 0.1)) for values in MODELS]
    assert added.index(max(added)) == 0
    assert added[0] == pytest.approx(0.7661, abs=5e-5)
    multiplied = [geometric(values, (0.8, 0.1, 0.1)) for values in MODELS]
    assert multiplied.index(max(multiplied)) == 1
    assert multiplied[1] == pytest.approx(0.7221, abs=5e-5)


def test_share_of_all_weightings() -> None:
    w, x, y, z = leading_shares(MODELS)
    assert (z, x, w, y) == pytest.approx((0.852, 0.079, 0.069, 0), abs=3e-3)  # published from random draws
    assert (z, x, w, y) == pytest.approx((0.8541, 0.0774, 0.0685, 0), abs=5e-4)
    assert w + x + y + z == pytest.approx(1)


def test_equal_models_share() -> None:
    assert leading_shares([(0.5, 0.5, 0.5)] * 2) == pytest.approx([0.5, 0.5])
