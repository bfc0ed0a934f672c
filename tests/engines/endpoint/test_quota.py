from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from harness.engines.endpoint.quota import quota_of, seconds
from harness.records import Quota


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1s", 1.0), ("6m0s", 360.0), ("17ms", 0.017), ("2m59.5s", 179.5), ("1h2m3s", 3723.0), ("12.5", 12.5)],
)
def test_durations_as_providers_write_them(text: str, expected: float) -> None:
    assert seconds(text) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["", "soon", "-", "1x", "nan", "inf"])
def test_nonsense_is_unknown(text: str) -> None:
    assert seconds(text) is None


def test_points_in_time() -> None:
    later = datetime.now(UTC) + timedelta(seconds=30)
    for text in (str(later.timestamp()), str(int(later.timestamp() * 1000)), later.isoformat()):
        assert seconds(text) == pytest.approx(30, abs=2)


def test_the_dialects_of_providers() -> None:
    openai = {
        "x-ratelimit-remaining-requests": "59",
        "x-ratelimit-reset-requests": "1s",
        "x-ratelimit-remaining-tokens": "149984",
        "x-ratelimit-reset-tokens": "6m0s",
    }
    assert quota_of(openai) == Quota(59, 1.0, 149984, 360.0)
    cerebras = {"x-ratelimit-remaining-tokens-minute": "0", "x-ratelimit-reset-tokens-minute": "11.5"}
    assert quota_of(cerebras) == Quota(None, None, 0, 11.5)
    assert quota_of({"x-ratelimit-remaining": "3"}) == Quota(3, None, None, None)
    assert quota_of({"x-ratelimit-remaining-requests": "many"}) is None
    assert quota_of({"content-type": "text/html"}) is None
