"""Speed under load: rates over the time in which something was answered, and seconds from the start on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from harness.analysis.likeness import read_likenesses
from harness.analysis.loads import LoadFacts
from harness.analysis.standings import load_standings
from harness.reporting.charts.plans import draw_charts, plan_charts
from harness.resultrow import ResultRow
from tests.reporting.documents import written
from tests.rows import database, row

BEGIN = datetime(2026, 11, 30, 12, tzinfo=UTC)
SPEED = {
    "quick": (0.2, 0.02),
    "slow": (1.0, 0.08),
}  # seconds to the first token, and for each further one, alone


def request(model: str, at_once: int, number: int, at_s: float, **given: Any) -> ResultRow:
    """One of 41 tokens that begins ``at_s`` seconds after the others."""
    first, each = (seconds * (1 + at_once / 16) for seconds in SPEED[model])
    values: dict[str, Any] = {
        "suite": "speed", "task_type": "speed", "measure": "none", "context_tier": "256 tokens",
        "category": "64 tokens", "task_id": f"at-{at_once}-{number}", "model": model, "queue_s": 0.0,
        "ttft_s": first, "latency_s": first + 40 * each, "completion_tokens": 41, "prompt_tokens": 250,
        "decode_tps": 1 / each, "prefill_tps": 250 / first, "cached_tokens": 0, "timing": "contended",
        "started_at": (BEGIN + timedelta(seconds=at_s)).isoformat(timespec="milliseconds"),
        "metrics": json.dumps({"concurrency": at_once}),
    }  # fmt: skip
    return row(**{**values, **given})


def loaded() -> list[ResultRow]:
    """Five one by one, eight by four, thirty-two by sixteen, of two models."""
    rows = []
    for model, (first, each) in SPEED.items():
        for at_once, count in ((1, 5), (4, 8), (16, 32)):
            whole = (first + 40 * each) * (1 + at_once / 16)
            rows += [request(model, at_once, n, n // at_once * whole) for n in range(count)]
    return rows


def facts(folder: Path, rows: Sequence[ResultRow]) -> dict[tuple[str, int], LoadFacts]:
    with database(folder, rows) as con:
        return {(one.model, one.at_once): one for one in load_standings(con).loads}


def test_rates_and_times_of_each_load(tmp_path: Path) -> None:
    by = facts(tmp_path, loaded())
    assert len(by) == 6
    alone, crowd = by["quick", 1], by["quick", 16]
    each = (0.2 + 40 * 0.02) * 17 / 16  # seconds of an answer, alone
    assert alone.in_flight == pytest.approx(1, rel=1e-3) and crowd.in_flight == pytest.approx(16, rel=1e-3)
    assert alone.tokens_per_s == pytest.approx(41 / each, rel=1e-3)
    assert crowd.requests_per_s == pytest.approx(16 / (2 * (0.2 + 0.8)), rel=1e-3)
    assert alone.decode_tps == pytest.approx(16 / 17 * 50) and alone.prefill_tps == pytest.approx(
        250 / 0.2 * 16 / 17
    )
    assert alone.first_p50_s == pytest.approx(0.2 * 17 / 16) and alone.first_p90_s is None, (
        "five support no p90"
    )
    assert crowd.first_p90_s == pytest.approx(0.4) and crowd.whole_p90_s == pytest.approx(2.0)


def test_goodput_counts_what_came_in_time_and_no_failure(tmp_path: Path) -> None:
    """Slow ones take 0.085 s a token alone, 0.1 s at four, 0.16 s at sixteen; a failure is no good answer."""
    failed = request("quick", 1, 9, 0.0, status="error", error_type="timeout", latency_s=None, ttft_s=None)
    by = facts(tmp_path, [*loaded(), failed])
    assert by["slow", 1].good_per_s == pytest.approx(by["slow", 1].requests_per_s)
    assert by["slow", 16].good_per_s == 0.0
    assert (by["quick", 1].errors, by["quick", 1].n) == (1, 5)
    assert by["quick", 1].good_per_s == pytest.approx(by["quick", 1].requests_per_s)


def test_a_pause_is_no_time_of_answering_and_a_queue_is_waiting(tmp_path: Path) -> None:
    later = [request("quick", 1, n, 86_400 + 10 * n, queue_s=1.5) for n in range(5)]
    (one,) = facts(tmp_path, later).values()
    each = (0.2 + 40 * 0.02) * 17 / 16
    assert one.tokens_per_s == pytest.approx(41 / each, rel=1e-3), "between them nothing was asked"
    assert one.first_p50_s == pytest.approx(1.5 + 0.2 * 17 / 16)


def test_the_newest_run_counts_and_replays_never(tmp_path: Path) -> None:
    rows = [request("quick", 1, n, 0.0, timing="replayed") for n in range(5)]
    assert not facts(tmp_path / "replayed", rows)
    both = [
        request("quick", 1, 0, 0.0),
        request("quick", 1, 0, 0.0, run_id="20261201-000000-aaaa", completion_tokens=7),
    ]
    (one,) = facts(tmp_path / "both", both).values()
    assert one.n == 1 and one.tokens_per_s == pytest.approx(7 / ((0.2 + 0.8) * 17 / 16), rel=1e-3)


def test_page_guide_and_picture(tmp_path: Path) -> None:
    with database(tmp_path, loaded()) as con:
        standings, likenesses = load_standings(con), read_likenesses(con)
    documents = written(standings)
    assert not likenesses.pairs, "no two are compared"
    assert "Nothing was measured by which models are compared." in documents["page"]
    assert all(
        "Speed under load" in documents[name] and "quick" in documents[name] for name in ("guide", "page")
    )
    (plan,) = [plan for plan in plan_charts(standings) if plan.name.startswith("throughput")]
    assert plan.general and "quick, 16 at once: 2" in plan.alt
    (chart,) = draw_charts([plan])
    assert all(f">{word}<" in chart.svg for word in ("quick", "slow", "1", "4", "16"))
    assert not standings.by("suite"), "nothing of it is in a table of quality"
