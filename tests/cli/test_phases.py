"""``harness report --phase``: a phase against the phases before it, and no judgement of too little."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.reporting.phases import Phase, phases_text, read_phases, with_phase
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.rows import answers, write

FIRST, SECOND, THIRD = "20261101-120000-aaaa", "20261102-120000-bbbb", "20261103-120000-cccc"


@pytest.fixture
def results(harness: Harness) -> Iterator[Path]:
    """``a`` alone on few tasks; then ``a`` worse and ``b`` on many; then ``c``."""
    folder = Path("results")
    write(folder, answers("a", "1" * 12, run_id=FIRST))
    write(
        folder,
        answers("a", "1" * 45 + "0" * 55, run_id=SECOND) + answers("b", "1" * 95 + "0" * 5, run_id=SECOND),
    )
    write(folder, answers("c", "1" * 60 + "0" * 40, run_id=THIRD))
    yield folder


def report(harness: Harness, name: str, runs: str) -> str:
    done = harness("report", "--phase", name, *(("--runs", runs) if runs else ()))
    assert done.code == 0, done.err
    return Path(done.out.strip()).read_text()


def test_a_phase_of_too_little_recommends_nothing(harness: Harness, results: Path) -> None:
    text = report(harness, "Phase 1: validation", FIRST)
    assert text.startswith("# Phase 1: validation\n")
    assert "**Confidence:** not judged" in text
    assert "Too little was measured to recommend anything: fewer than two models answered" in text
    assert "**Status:** complete: all 12 samples were answered" in text
    assert "| Quality " in text
    assert "12 tasks common to all models; it takes 20" in text


def test_a_phase_is_held_against_those_before(harness: Harness, results: Path) -> None:
    report(harness, "Phase 1: validation", FIRST)
    text = report(harness, "Phase 2: wider coverage", SECOND)
    assert Path("reports/phases/phase-2-wider-coverage.md").read_text() == text
    assert "**Progress:** 2 of 2 phases measured" in text
    assert "**Confidence:** high (" in text
    assert "New: b. The one to use is b, which passes 95 %." in text
    rows = [" ".join(line.split()) for line in text.splitlines() if line.startswith("|")]
    assert "| a | 45 %, 45 of 100 | 36–55 % | 100 of 100 | 0.12 s | — | in Phase 1: validation |" in rows
    assert "| Phase 2: wider coverage | 2 | 1 | 1 | 200 | 100 % | 70 % | 0.12 s | unknown |" in rows
    assert "| 1 | b | 95 % | 100 % | 0.12 s |" in rows
    (best,) = [row for row in rows if row.startswith("| math |")]
    assert best.startswith("| math | **b** | clear | 95 % (89–98 %) | a (50 points worse")
    assert "- **math:** b " in text and "*N*: tasks that all compared models answered" in text
    assert "| a | math | 12 | 100 % | 100 % | 0 | 0 | 1 | 58 points | may be chance |" in rows
    assert "Nothing changed by more than chance." in text  # its first twelve tasks are as before


def test_a_phase_of_scores_speaks_of_no_pass(harness: Harness) -> None:
    scores = {"run_id": FIRST, "suite": "essay", "measure": "score"}
    write(Path("results"), answers("a", "0" * 25, score=0.6, **scores))
    write(Path("results"), answers("b", "0" * 25, score=0.3, **scores))
    text = report(harness, "Essays", FIRST)
    assert "25 tasks that all ranked models answered. The one to use is a, which scores 60 %." in text
    assert "50 answers to tasks of 1 suite: mean score 45 % (32–59 %)." in text
    rows = [" ".join(line.split()) for line in text.splitlines() if line.startswith("|")]
    assert "| Model | Mean score | 95 % interval | Answered | Median answer | Cost | Before |" in rows
    assert "| a | 60 % | 41–77 % | 25 of 25 | 0.12 s | — | new |" in rows
    assert not re.search(r"pass|solve|success", text, re.IGNORECASE)


def test_phases_may_be_planned_made_again_and_named_by_runs_of_several(
    harness: Harness, results: Path
) -> None:
    Path("reports").mkdir()
    planned = (Phase("One"), Phase("Two"), Phase("Three"))
    Path("reports/phases.yaml").write_text(phases_text(planned))
    text = report(harness, "Two", f"{SECOND},{THIRD}")
    assert "**Progress:** 1 of 3 phases measured" in text
    assert "The next phase is planned: Three." in text
    assert "No price is known for a, b and c: name one in models.yaml." in text
    assert "3 models" in text
    assert read_phases(Path("reports/phases.yaml")) == with_phase(planned, Phase("Two", (SECOND, THIRD)))
    assert report(harness, "Two", "") == text  # of the runs that are kept
    again = report(harness, "Two", SECOND)
    assert "3 models" not in again
    missing = harness("report", "--phase", "Four")
    assert (missing.code, "say which runs the phase 'Four' is: --runs A,B" in missing.err) == (2, True)
    assert "no run 'nowhere'" in harness("report", "--phase", "Two", "--runs", "nowhere").err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("phases: [{name: A}, {name: a}]", "phases.yaml:1: the phase 'a' has the file a.md, as 'A' has"),
        ("phases: [{runs: [x]}]", "phases.yaml:1: 'phases' lacks 'name'"),
        ("stages: []", "unknown key 'stages'"),
    ],
)
def test_a_wrong_file_of_phases_is_told(harness: Harness, results: Path, text: str, words: str) -> None:
    Path("reports").mkdir()
    Path("reports/phases.yaml").write_text(text)
    done = harness("report", "--phase", "B", "--runs", FIRST)
    assert (done.code, words in done.err) == (1, True)
