"""Verdicts of judges on texts, where a judge can be believed; else why nothing is shown."""

from __future__ import annotations

from collections.abc import Iterator

from harness.analysis.judged import CONSISTENCY, FEWEST_GOLD, KAPPA_LOW, Gate, Judged, JudgedModel
from harness.reporting.numbers import UNKNOWN, dollars, percent, signed, whole
from harness.reporting.section import Block, Bullets, Folded, Grid, Legend, Notice, Report, Section, Text
from harness.reporting.tables import MODEL, Cell, Column, Row, Table, named
from harness.words import counted, listed

_JUDGED_TYPE = "writing"  # the task type whose section says so where no judge is named
_ABOUT = (
    "A model compares the stored answers of two others, without names and in both orders; where the orders"
    " contradict each other it is a tie. This stands beside the checks of the suite and counts in no other"
    " table, pick or rule."
)
_NOBODY = (
    "Nobody judges how good the texts are beyond their checks: models.yaml names no judge, or `harness judge`"
    " was not run. Add `judge: ID` and run it; no contestant is asked again."
)
_COLUMNS = (
    Column("#", "place by rating"),
    MODEL,
    Column("Pairs", "comparisons with others, each in both orders"),
    Column("Wins", "share of pairs won, a tie counting half"),
    Column("Same length", "share that would be won with answers of one length", narrow=1),
    Column("Corrected", "share of wins, corrected by what the judge gets wrong on gold pairs", narrow=2),
    Column("Rating", "Bradley-Terry strength in Elo points, 0 on average, with its 95 % interval over tasks"),
    Column("Characters", "mean length of its answers", narrow=3),
)
_SURE = 0.05
_FELT = 0.2  # φ from which on the effect of length is mentioned


def section(report: Report) -> Section | None:
    """The gate and the table of each judge; a sentence where texts were measured and nobody judged them."""
    if report.judged:
        blocks = (Text(_ABOUT), *(block for one in report.judged for block in blocks_of(one)))
        return Section("judged", "Judged texts", blocks, short="Judged")
    if any(board.name == _JUDGED_TYPE for board in report.standings.by("task_type")):
        return Section("judged", "Judged texts", (Text(_NOBODY),), short="Judged")
    return None


def blocks_of(judged: Judged) -> tuple[Block, ...]:
    """The blocks of one judge and suite."""
    title = f"{judged.suite}, judged by {judged.judge}"
    inner: list[Block] = [Grid(_gate_table(judged.gate), "The judge on gold pairs")]
    if judged.reasons:
        inner.append(Notice(f"No figures are shown: {'; '.join(judged.reasons)}."))
    elif judged.models:
        table = Table(_COLUMNS, tuple(_row(at, one) for at, one in enumerate(judged.models, 1)), heading=1)
        inner += [Grid(table, "Judged texts", "sortable"), Legend((table,))]
    else:
        inner.append(Text("No two models with answers in these runs were compared yet."))
    return (Folded(title, (*inner, Bullets(tuple(_remarks(judged))))),)


def _gate_table(gate: Gate) -> Table:
    columns = (Column("Gold pairs", number=False), Column("Measured"), Column("Needed"))
    verdicts = Cell(whole(gate.pairs), gate.pairs, note=f"{gate.without_verdict} without")
    rows = [("pairs with a verdict", verdicts, f"{FEWEST_GOLD} or more")]
    if gate.pairs:
        kappa = Cell(f"{gate.kappa.value:.2f}", gate.kappa.value, note=f"from {gate.kappa.low:.2f}")
        nothing = Cell(f"{gate.null_wins} of {gate.traps}", gate.null_wins)
        rows += [
            ("agreement with people", Cell(percent(gate.agreement), gate.agreement), ""),
            ("kappa, with its lower bound", kappa, f"from {KAPPA_LOW:g}"),
            (
                "both orders agree",
                Cell(percent(gate.consistency), gate.consistency),
                f"{percent(CONSISTENCY)} or more",
            ),
            ("won by nothing or by praise of itself", nothing, "0"),
        ]
    return Table(columns, tuple(Row((Cell(name), cell, Cell(needed))) for name, cell, needed in rows))


def _row(place: int, one: JudgedModel) -> Row:
    span = f"{signed(one.low, 0)} to {signed(one.high, 0)}"
    return Row(
        (
            Cell(str(place), place),
            named(one.model),
            Cell(whole(one.pairs), one.pairs),
            Cell(percent(one.win_rate), one.win_rate),
            Cell(percent(one.controlled), one.controlled),
            Cell(UNKNOWN if one.corrected is None else percent(one.corrected), one.corrected),
            Cell(signed(one.rating, 0), one.rating, note=span),
            Cell(whole(round(one.chars)), one.chars),
        )
    )


def _remarks(judged: Judged) -> Iterator[str]:
    if judged.consistency is not None:
        pairs = counted(judged.pairs, "pair")
        yield f"Both orders agree on {percent(judged.consistency)} of {pairs} of contestants."
    if judged.first + judged.second:
        drawn = "first" if judged.first >= judged.second else "second"
        verb = "is drawn to" if judged.place_p < _SURE else "is not shown to be drawn to"
        yield (
            f"The judge {verb} the answer shown {drawn}: of its contradictions {judged.first} went to the"
            f" first and {judged.second} to the second (p = {judged.place_p:.2g})."
        )
    if judged.phi is not None:
        leaning = "longer" if judged.phi > 0 else "shorter"
        felt = (
            f"leans to {leaning} answers"
            if abs(judged.phi) >= _FELT
            else "does not lean to long or short answers"
        )
        yield f"The judge {felt} (φ = {judged.phi:+.2f}); the column Same length is without it."
    if judged.ties is not None and judged.ties_corrected is not None:
        corrected = percent(judged.ties_corrected)
        yield f"Ties are {percent(judged.ties)} of pairs; by the gold pairs people would call {corrected} so."
    if judged.unread:
        kinds = listed([f"{number:,} × {kind}" for kind, number in judged.unread])
        yield f"No verdict came of {kinds}; such pairs are no ties, they are left out."
    if judged.cleaned:
        questions = counted(judged.cleaned, "question")
        yield f"In {questions} an answer spoke to the judge; that part was not shown."
    if judged.kin:
        yield f"Left out, since they are of the judge's family ({judged.family}): {listed(judged.kin)}."
    unpriced = f", and {judged.unpriced:,} of unknown cost" if judged.unpriced else ""
    cost = UNKNOWN if judged.cost_usd is None else dollars(judged.cost_usd)
    calls = counted(judged.calls, "question")
    yield f"The judge cost {cost} for {calls}{unpriced}; no figure of a contestant has it in it."
