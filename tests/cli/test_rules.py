"""``harness rules build`` as a user meets it: again and again over the same file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.observationrow import Observation
from harness.results.observations import ObservationLog
from harness.rules.file import load_rules
from tests.cli.conftest import Harness
from tests.rows import answers, database


@pytest.fixture
def measured(tmp_path: Path) -> Path:
    """``good`` beats ``cheap`` in math; ``good`` is twice as slow and four times as dear."""
    rows = answers("good", "1" * 80 + "0" * 20, suite="sums", task_type="math", cost_usd=0.004, latency_s=2.0)
    rows += answers(
        "cheap", "1" * 40 + "0" * 60, suite="sums", task_type="math", cost_usd=0.001, latency_s=1.0
    )
    database(tmp_path / "results", rows).close()
    return tmp_path / "rules.yaml"


def test_the_second_build_says_that_nothing_changed(harness: Harness, measured: Path) -> None:
    first = harness("rules", "build", "-o", "rules.yaml")
    assert first.code == 0, first.err
    assert "changed" not in first.err
    assert "the rules are the same as before" in harness("rules", "build", "-o", "rules.yaml").err
    assert harness("rules", "check", "rules.yaml").code == 0


def test_multiples_of_a_baseline_model(harness: Harness, measured: Path) -> None:
    assert harness("rules", "build", "-o", "rules.yaml", "--baseline", "cheap").code == 0
    rules = load_rules(measured)
    good = next(c for c in rules.rules[0].candidates if c.model == "good")
    assert rules.baseline == "cheap"
    assert (good.quality_match, good.speed, good.cost) == pytest.approx((2.0, 0.5, 4.0))
    assert good.p_best == pytest.approx(1, abs=1e-4)
    wrong = harness("rules", "build", "-o", "rules.yaml", "--baseline", "cheep")
    assert (wrong.code, wrong.err) == (1, "error: no results of a model 'cheep'; did you mean cheap?\n")


def test_a_pin_survives_and_the_change_is_told(harness: Harness, measured: Path) -> None:
    harness("rules", "build", "-o", "rules.yaml")
    text = measured.read_text()
    pinned = text.replace("primary: good", "primary: cheap", 1).replace("pinned: false", "pinned: true", 1)
    measured.write_text(pinned)
    done = harness("rules", "build", "-o", "rules.yaml")
    rule = load_rules(measured).rules[0]
    assert (rule.primary, rule.pinned) == ("cheap", True)
    assert "math: cheap (pinned by hand; measured choice: good" in done.err
    measured.write_text(measured.read_text().replace("  pinned: true", "  pinned: false", 1))
    assert "changed: math: cheap → good\n" in harness("rules", "build", "-o", "rules.yaml").err


def test_real_calls_count_when_they_are_asked_for(harness: Harness, measured: Path, tmp_path: Path) -> None:
    now = datetime.now(UTC).isoformat()
    with ObservationLog(tmp_path / "results") as log:
        for _ in range(200):
            log.append(Observation(now, "good", "", "math", "", None, 900, 50, None, False, "server_error"))
            log.append(Observation(now, "cheap", "", "math", "", 9.0, 900, 50, None, True))
    harness("rules", "build", "-o", "rules.yaml")
    assert load_rules(measured).rules[0].primary == "good"
    done = harness("rules", "build", "-o", "rules.yaml", "--with-observations")
    assert load_rules(measured).rules[0].primary == "cheap"
    assert "changed: math: good → cheap" in done.err


def test_an_old_file_is_told_to_be_old(harness: Harness, measured: Path) -> None:
    harness("rules", "build", "-o", "rules.yaml")
    lines = [
        "valid_until: '2020-01-01'" if line.startswith("valid_until") else line
        for line in measured.read_text().splitlines()
    ]
    measured.write_text("\n".join(lines) + "\n")
    done = harness("rules", "export", "--rules", "rules.yaml", "--to", "env")
    again = harness("rules", "check", "rules.yaml")
    routed = harness("route", "--rules", "rules.yaml", "--task-type", "math")
    assert (again.code, routed.code) == (0, 0)
    for told in (done.err, again.err, routed.err):
        assert "rules.yaml was valid until 2020-01-01; measure again" in told


def test_what_rules_of_october_would_choose_today(harness: Harness, measured: Path) -> None:
    harness("rules", "build", "-o", "rules.yaml")
    made = load_rules(measured).generated_at[:10]
    same = harness("monitor", "--rules", "rules.yaml")
    assert f"rules.yaml of {made} would choose the same today" in same.out, same.err
    october = measured.with_name("october.yaml")
    text = measured.read_text().replace("primary: good", "primary: cheap").replace(made, "2026-10-01")
    october.write_text(text)
    today = harness("monitor", "--rules", "october.yaml").out
    assert "october.yaml of 2026-10-01 would choose otherwise today:\n  math: cheap → good" in today
    october.write_text(october.read_text().replace("primary: cheap", "primary: gone"))
    wrong = harness("monitor", "--rules", "october.yaml")
    assert (wrong.code, wrong.err.count("\n")) == (1, 1) and "october.yaml:" in wrong.err
