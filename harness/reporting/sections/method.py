"""How figures are made, once for every document."""

from __future__ import annotations

from harness.reporting.measures import measure_words
from harness.reporting.section import Bullets, Report, Section

_SAMPLES = (
    "A sample is one answer to one task. Repeats of a task are averaged first, so every task counts once.",
    "Models are compared on the tasks that all of them answered. A model that answered less than half of what"
    " is usual in a suite, or has a tenth more errors than the others, is shown without a place. Errors lower"
    " reliability, not quality; skipped samples lower neither.",
)
_FIGURES = (
    "MDE is the smallest difference, in percentage points, that the tasks would have shown with 80 % power.",
    "Speed counts only answers that were measured on an otherwise quiet machine. Rates are tokens over time,"
    " not averages of rates. A percentile is shown only where the samples support it (p50 from 5, p90 from"
    " 29).",
)
_SOLVED = (
    "Seconds and dollars a solved task include wrong answers and failed calls. Where the price of one answer"
    " is unknown, so is the sum.",
)
_BASELINES = (
    "The baselines frame the tables and are never ranked: oracle gives the reference answers, nop an empty"
    " one, random an admissible one by chance.",
)


def section(report: Report) -> Section:
    """The same words whatever was measured, but for what quality is."""
    measure = measure_words(report.standings.by("suite"))
    quality = (
        f"Quality is the {measure.quality}, with its {measure.interval} 95 % interval. Overall is the plain"
        f" average over suites. Two models are told apart by {measure.test} on the same tasks,"
        " Holm-corrected, at 5 %."
    )
    solved = _SOLVED if measure.counts_solved else ()
    sentences = (*_SAMPLES, quality, *_FIGURES, *solved, *_BASELINES)
    return Section("method", "Method", (Bullets(sentences),), short="Method")
