"""The executive summary of a phase, against the phases before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.analysis.board import Board
from harness.analysis.compare import Comparison
from harness.analysis.phasefacts import ModelFacts, PhaseFacts
from harness.analysis.statistics import wilson
from harness.reporting.choices import nobody, why_nobody
from harness.reporting.confidence import Aspect, confidence, first_of, overall
from harness.reporting.formats.markdown import document
from harness.reporting.measures import MeasureWords, measure_words
from harness.reporting.numbers import UNKNOWN, dollars, passed_of, percent, percent_range, quality, seconds
from harness.reporting.phases import Phase
from harness.reporting.reasons import as_sentence
from harness.reporting.section import (
    UNCOMPARED,
    Block,
    Bullets,
    Code,
    Grid,
    Legend,
    Notice,
    Section,
    Text,
    grids,
)
from harness.reporting.sections.comparison import comparison_table
from harness.reporting.sections.how_sure import how_sure
from harness.reporting.sections.summary import winners
from harness.reporting.sections.which_model import decision_table
from harness.reporting.tables import Cell, Column, Row, Table, words
from harness.rules.ruleset import CallPolicy
from harness.words import counted, listed

_NAMED = 5  # models in a sentence; of more the others are counted


def phase_summary(
    phases: Sequence[PhaseFacts],
    changes: Sequence[Comparison],
    planned: Sequence[Phase],
    unfinished: Sequence[str],
) -> str:
    """The summary of the last of ``phases``.

    ``changes`` compare it with all before it, on the same tasks; ``planned`` are all phases, also those to
    come; ``unfinished`` are its runs that did not end.
    """
    *before, phase = phases
    aspects = confidence(phase)
    sections = [
        Section("phases", "The phases", tuple(_phases(phases))),
        Section("models", "The models of this phase", (Grid(_models(phase, before), "Models"),)),
        Section("champions", "Champions", tuple(_champions(phase, before))),
        Section("types", "Best for each kind of task", tuple(_by_type(phase))),
        Section("rotation", "Rotation", tuple(_rotation(phase))),
        Section("sure", "How sure this is", (Grid(_aspects(aspects), "Confidence"),)),
        Section("next", "What next", tuple(_next(phase, planned, unfinished))),
    ]
    if before:
        sections.insert(4, Section("changes", "The same tasks, before and now", tuple(_changes(changes))))
    head = (*_head(phase, aspects, planned, unfinished), Text(_in_short(phase, before)))
    return document(phase.name, head, sections, "guide")


def _head(
    phase: PhaseFacts, aspects: tuple[Aspect, ...], planned: Sequence[Phase], unfinished: Sequence[str]
) -> Iterator[Block]:
    level = overall(aspects)
    days = sorted({day[:10] for run in phase.standings.runs for day in (run.first_at, run.last_at) if day})
    measured = [each for each in planned if each.runs]
    yield Bullets(
        (
            ("Measured", " to ".join(dict.fromkeys((days[0], days[-1]))) if days else UNKNOWN),
            ("Runs", listed(phase.runs)),
            ("Status", _status(phase, unfinished)),
            ("Progress", f"{len(measured)} of {counted(len(planned), 'phase')} measured"),
            ("Confidence", f"{level} (the lower one of two: the choice of the model, and its quality)"),
        )
    )
    if level == "not judged":
        reasons = [aspect.because for aspect in aspects[:2] if aspect.level == "not judged"]
        yield Notice(
            f"Too little was measured to recommend anything: {listed(list(dict.fromkeys(reasons)))}."
        )


def _status(phase: PhaseFacts, unfinished: Sequence[str]) -> str:
    failed, missing = phase.total("asked") - phase.total("answered"), phase.total("missing")
    gaps = [
        f"{counted(failed, 'sample')} without an answer" if failed else "",
        f"{counted(missing, 'sample')} not taken" if missing else "",
        f"{listed(unfinished)} not ended" if unfinished else "",
    ]
    if any(gaps):
        return f"incomplete: {listed([gap for gap in gaps if gap])}"
    return f"complete: all {counted(phase.total('answered'), 'sample')} were answered"


def _in_short(phase: PhaseFacts, before: Sequence[PhaseFacts]) -> str:
    """The phase in three sentences: what was asked, which models are new, and which one to use."""
    models = [facts.model for facts in phase.models]
    suites = phase.standings.by("suite")
    earlier = {facts.model for each in before for facts in each.models}
    new = [model for model in models if model not in earlier] if before else []
    measure = measure_words(suites)
    common = sum(board.common for board in suites)
    sentence = (
        f"{counted(len(models), 'model')}, {counted(phase.total('answered'), 'answer')} to tasks of "
        f"{counted(len(suites), 'suite')}: {_quality_of([phase])}. They are compared on the "
        f"{counted(common, 'task')} that all ranked models answered."
    )
    if new:
        sentence += f" New: {listed(new, _NAMED)}."
    board, first = phase.standings.overall, first_of(phase)
    if board is None or first is None:
        return f"{sentence} No model answered enough of the same tasks to be ranked."
    if nobody(board):
        return f"{sentence} None is good enough: {why_nobody(board)}."
    chosen = "The one to use is" if board.decision.pick is not None else "Not decided; in first place is"
    return f"{sentence} {chosen} {first.model}, which {measure.does} {quality(first)}."


def _measure(phases: Sequence[PhaseFacts]) -> MeasureWords:
    return measure_words(board for phase in phases for board in phase.standings.by("suite"))


def _quality_of(phases: Sequence[PhaseFacts]) -> str:
    """How many of all answers passed, or what they score, with a 95 % interval that may be too wide."""
    good, answered = sum(phase.good for phase in phases), sum(phase.total("answered") for phase in phases)
    measure = _measure(phases)
    if not measure.counts_scores or not answered:
        return f"{passed_of(round(good), answered)} passed"
    return f"{measure.short} {percent(good / answered)} ({percent_range(*wilson(good, answered))})"


# --- tables -------------------------------------------------------------------


def _phases(phases: Sequence[PhaseFacts]) -> Iterator[Block]:
    columns = (
        *words("Phase"), Column("Models"), Column("New"), Column("Suites"), Column("Samples"),
        Column("Answered"), _quality_column(_measure(phases)), Column("Median answer"), Column("Cost"),
    )  # fmt: skip
    seen: set[str] = set()
    rows = []
    for phase in phases:
        names = {facts.model for facts in phase.models}
        rows.append(_phase_row(phase, len(names - seen)))
        seen |= names
    yield Grid(Table(columns, tuple(rows)), "Phases")
    if len(phases) > 1:
        yield Text(
            f"All answers of {counted(len(seen), 'model')} together: {_quality_of(phases)}. "
            "Phases that ask other tasks of other models have other rates for that alone: what changed is "
            "shown below, on the same tasks."
        )


def _phase_row(phase: PhaseFacts, new: int) -> Row:
    asked, answered = phase.total("asked"), phase.total("answered")
    costs = [facts.cost_usd for facts in phase.models if facts.cost_usd is not None]
    partly = "at least " if costs and phase.total("unpriced") else ""
    medians = sorted(facts.median_s for facts in phase.models if facts.median_s is not None)
    return Row(
        (
            Cell(phase.name),
            Cell(str(len(phase.models))),
            Cell(str(new)),
            Cell(str(len(phase.standings.by("suite")))),
            Cell(f"{asked:,}"),
            Cell(percent(answered / asked) if asked else UNKNOWN),
            Cell(percent(phase.good / answered) if answered else UNKNOWN),
            Cell(_span(medians)),
            Cell(f"{partly}{dollars(sum(costs))}" if costs else "unknown"),
        )
    )


def _quality_column(measure: MeasureWords) -> Column:
    return Column(measure.short.capitalize())


def _span(medians: Sequence[float]) -> str:
    """From the quickest to the slowest model."""
    ends = map(seconds, (medians[0], medians[-1])) if medians else [UNKNOWN]
    return " to ".join(dict.fromkeys(ends))


def _models(phase: PhaseFacts, before: Sequence[PhaseFacts]) -> Table:
    measure = _measure([phase])
    columns = (
        *words("Model"), _quality_column(measure), Column("95 % interval", number=False), Column("Answered"),
        Column("Median answer"), Column("Cost"), *words("Before"),
    )  # fmt: skip
    ordered = sorted(phase.models, key=lambda facts: -(facts.good / facts.answered if facts.answered else -1))
    return Table(columns, tuple(_model_row(facts, before, measure) for facts in ordered))


def _model_row(facts: ModelFacts, before: Sequence[PhaseFacts], measure: MeasureWords) -> Row:
    earlier = [phase.name for phase in before if phase.of(facts.model)]
    rate = percent(facts.good / facts.answered) if facts.answered else UNKNOWN
    passed = "" if measure.counts_scores else f", {facts.good:,.0f} of {facts.answered:,}"
    return Row(
        (
            Cell(facts.model),
            Cell(f"{rate}{passed}" if facts.answered else UNKNOWN),
            Cell(percent_range(*wilson(facts.good, facts.answered)) if facts.answered else UNKNOWN),
            Cell(f"{facts.answered:,} of {facts.asked:,}"),
            Cell(seconds(facts.median_s)),
            Cell(dollars(facts.cost_usd)),
            Cell(f"in {listed(earlier, 2)}" if earlier else "new"),
        )
    )


def _champions(phase: PhaseFacts, before: Sequence[PhaseFacts]) -> Iterator[Block]:
    current = dict(winners(phase.standings))
    if not before:
        yield Bullets(tuple((title, f"{text}.") for title, text in current.items()))
        return
    earlier = dict(winners(before[-1].standings))
    rows = [
        Row((Cell(title), Cell(current.get(title, UNKNOWN)), Cell(earlier.get(title, UNKNOWN))))
        for title in {**current, **earlier}
    ]
    yield Grid(Table(words("Champion of", "This phase", before[-1].name), tuple(rows)), "Champions")


def _by_type(phase: PhaseFacts) -> Iterator[Block]:
    boards = phase.standings.by("task_type")
    decisions = decision_table(boards, "Task type")
    yield from grids(decisions, "By task type", empty=UNCOMPARED)
    yield from (Legend((decisions,)),) if decisions.rows else ()
    yield Bullets(tuple((board.name, f"{as_sentence(board).rstrip('.')}.") for board in boards))


def _changes(changes: Sequence[Comparison]) -> Iterator[Block]:
    if not changes:
        yield Text("No model answered the same tasks in the phases before: nothing can be compared.")
        return
    moved = sum(change.significant for change in changes)
    yield Grid(comparison_table(changes), "Changes", "sortable")
    yield Text(
        f"{moved} of {counted(len(changes), 'result')} changed by more than chance."
        if moved
        else "Nothing changed by more than chance."
    )


def _rotation(phase: PhaseFacts) -> Iterator[Block]:
    board = phase.standings.overall
    if board is None or board.decision.pick is None:
        yield Text("Not decided: see what next.")
        return
    order = [board.decision.pick.model, *board.decision.fallbacks]
    rows = []
    for place, model in enumerate(order, 1):
        rows.append(Row((Cell(str(place)), *_rotation_cells(model, phase, board))))
    rate = _quality_column(_measure([phase]))
    columns = (Column("#"), *words("Model"), rate, Column("Answered"), Column("Median answer"))
    yield Grid(Table(columns, tuple(rows)), "Rotation")
    policy = CallPolicy()
    waits = listed([f"{wait:g}" for wait in policy.backoff_s[: policy.retries]])
    yield Text(
        f"A call that fails because a provider is busy or out of reach is repeated after {waits} seconds; "
        "then the next model is asked. These figures stand in the rules file, which tools obey."
    )


def _rotation_cells(model: str, phase: PhaseFacts, board: Board) -> tuple[Cell, ...]:
    standing, facts = board.of(model), phase.of(model)
    return (
        Cell(model),
        Cell(quality(standing) if standing else UNKNOWN),
        Cell(percent(facts.answered / facts.asked) if facts and facts.asked else UNKNOWN),
        Cell(seconds(facts.median_s if facts else None)),
    )


def _aspects(aspects: Sequence[Aspect]) -> Table:
    rows = [
        Row(
            (
                Cell(each.name),
                Cell(each.level, mark="best" if each.level == "high" else None),
                Cell(each.because),
            )
        )
        for each in aspects
    ]
    return Table(words("What", "Confidence", "Because"), tuple(rows))


# --- what next ----------------------------------------------------------------


def _next(phase: PhaseFacts, planned: Sequence[Phase], unfinished: Sequence[str]) -> Iterator[Block]:
    items = [sentence for sentence in how_sure(phase.standings) if sentence.startswith("Undecided")]
    failed = [facts.model for facts in phase.models if facts.answered < facts.asked]
    if failed:
        items.append(f"Calls of {listed(failed, _NAMED)} failed: the commands below make them again.")
    weak = [board.name for board in phase.standings.by("task_type") if board.ranked and nobody(board)]
    if weak:
        items.append(f"Nobody is good enough for {listed(weak)}: measure other models there.")
    without = [facts.model for facts in phase.models if facts.unpriced]
    if without:
        items.append(f"No price is known for {listed(without, _NAMED)}: name one in models.yaml.")
    if len(phase.models) < 2:
        items.append("Measure a second model: one alone says nothing of which to use.")
    following = _following(phase, planned)
    if following:
        items.append(f"The next phase is planned: {following}.")
    yield Bullets(tuple(items or ["Nothing is open: the rules can be used, and the next phase planned."]))
    lines = [f"harness run --resume {run}" for run in unfinished]
    lines += [f"harness run --retry-errors {run}" for run in phase.runs if failed and run not in unfinished]
    lines += ["harness rules build -o routing_rules.yaml" + "".join(f" --run {run}" for run in phase.runs)]
    yield Code(tuple(lines))


def _following(phase: PhaseFacts, planned: Sequence[Phase]) -> str | None:
    """The first phase behind this one that has no runs."""
    names = [each.name for each in planned]
    behind = planned[names.index(phase.name) + 1 :] if phase.name in names else ()
    return next((each.name for each in behind if not each.runs), None)
