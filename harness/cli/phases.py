"""``harness report --phase``: the summary of a phase, and which runs it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from harness.analysis.compare import compare
from harness.analysis.phasefacts import PhaseFacts, read_phase
from harness.files import write_atomically
from harness.reporting.phase_summary import phase_summary
from harness.reporting.phases import FILE, Phase, phases_text, read_phases, with_phase
from harness.results.database import reading
from harness.results.locations import ResultsLocation
from harness.results.manifests import read_manifests
from harness.results.runs import choose_runs


def write_phase(name: str, runs: Sequence[str] | None, results: ResultsLocation, out: Path) -> Path:
    """Write the summary of a phase into ``out``, and keep its runs there. Returns the summary's path.

    Without ``runs`` it is made again of those that are kept. Raises ``click.UsageError`` where none are.
    """
    kept = read_phases(out / FILE)
    of_phase = runs or next((phase.runs for phase in kept if phase.name == name), ())
    if not of_phase:
        raise click.UsageError(f"say which runs the phase {name!r} is: --runs A,B")
    phases = with_phase(kept, Phase(name, tuple(of_phase)))
    at = [phase.name for phase in phases].index(name)
    facts = [_facts(phase, results) for phase in phases[: at + 1] if phase.runs]
    now = facts[-1].runs
    before = {run for each in facts[:-1] for run in each.runs}.difference(now)
    changes = reading(results, [*before, *now], lambda con: compare(con, before, now)) if before else ()
    manifests = read_manifests(results, now)
    unfinished = [manifest["run_id"] for manifest in manifests if manifest.get("status", "done") != "done"]
    path = out / "phases" / phases[at].file
    write_atomically(path, phase_summary(facts, changes, phases, unfinished))
    write_atomically(out / FILE, phases_text(phases))
    return path


def _facts(phase: Phase, results: ResultsLocation) -> PhaseFacts:
    runs = tuple(choose_runs(results, phase.runs))
    return reading(results, runs, lambda con: read_phase(con, phase.name, runs))
