"""What the views say, as records: standings, decisions and champions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from harness.records import DecisionKind

ReasonKind = Literal[
    "unranked",  # no model answered enough of the same tasks
    "unsolved",  # the best passes nothing
    "weak",  # the best passes too little
    "guessing",  # the best is not clearly better than chance
    "alone",  # one model is ranked
    "clear",  # the first is significantly better than every other
    "level",  # a tie, and enough tasks to call it one
    "undecided",  # too few tasks
    "incomplete",  # a model that is not compared leads on the tasks that it answered
    "thinned",  # answers that one model lacks leave too few tasks on which all are compared
]
UNFINISHED: tuple[ReasonKind, ...] = ("incomplete", "thinned")  # answers that are missing might change it
ChosenBy = Literal["cost", "time", "quality", "name"]
MeasuredBy = Literal["pass", "score", "both"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A model's line in a table. Rates are fractions, times seconds, money USD; ``None`` is unknown.

    Quality is the pass rate or the mean score over ``n`` tasks; ``low`` and ``high`` are its 95 % interval.
    ``rank`` is ``None`` for baselines and for models that did not answer every common task. Speed and cost
    include wrong answers and failed calls. Tokens differ between models, ``chars_per_s`` (of whole
    answers, waiting included) do not. ``cheat_rate``, in the overall table, is that of ``HonestyFacts``.
    """

    model: str
    baseline: bool
    rank: int | None
    n: int
    passed: float | None
    quality: float | None
    low: float | None
    high: float | None
    score: float | None
    reliability: float | None
    decode_tps: float | None
    ttft_s: float | None
    latency_p50_s: float | None
    latency_p90_s: float | None
    latency_p95_s: float | None
    seconds_per_solved: float | None
    cost_usd: float | None
    cost_per_task: float | None
    cost_per_solved: float | None
    answered: int
    ok: int
    errors: int
    crashes: int
    skipped: int
    excluded: int
    chars_per_s: float | None = None
    cheat_rate: float | None = None
    first_rate: float | None = None  # of tasks with a tree, as the next two: passed at the first try
    well_formed: float | None = None  # had edits that could be applied
    turns: float | None = None  # answers a task
    precision: float | None = (
        None  # share of the changed lines that was needed; decides where quality is equal
    )
    total: bool = False  # what others measured on ``n`` samples that are not here: compared with nobody

    @property
    def spent_usd(self) -> float | None:
        """The cost by which models are compared: of a solved task, or of a task where scores count."""
        return self.cost_per_task if self.passed is None else self.cost_per_solved

    @property
    def spent_s(self) -> float | None:
        """The same of time: seconds a solved task, or the median answer."""
        return self.latency_p50_s if self.passed is None else self.seconds_per_solved

    @property
    def crossed_out(self) -> bool:
        """Left out of the matrix on purpose: shown as ✗."""
        return self.excluded > 0 and self.ok + self.errors == 0


@dataclass(frozen=True, slots=True)
class Pair:
    """A ranked model against another on the same tasks; differences are those of ``a`` over ``b``.

    ``variance`` is that of a task's difference, smoothed for passes: 3 equal answers are no proof.
    """

    a: str
    b: str
    n: int
    wins: int
    losses: int
    ties: int
    difference: float
    variance: float


@dataclass(frozen=True, slots=True)
class RankRange:
    """Where a ranked model may stand: after all that are significantly better, before all that are worse.

    From the exact paired tests of all pairs of the table, Holm-corrected.
    """

    model: str
    rank: int
    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Duel:
    """Two models of the overall table, ``a`` before ``b`` there: tasks won, lost and level over its suites.

    ``difference`` is the average over the suites; ``p_value`` is adjusted for all duels at once (Holm).
    """

    a: str
    b: str
    n: int
    wins: int
    losses: int
    ties: int
    difference: float
    p_value: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a table is decided as it is, as data; ``reporting.reasons`` makes the words.

    It rests on ``tasks`` of those ``offered``, and averages ``suites`` (0: all tasks count alike). ``best``
    is the first of the ranked, with its quality and 95 % interval. ``chance`` is what guessing passes,
    ``lead`` how far the leader is ahead of the next. Of a tie the pick was ``chosen_by`` these, in turn.
    Answers of ``missing`` models might change it; ``run_id`` is the newest run in which the first of them was
    asked (``None``: its answers were imported), ``resumable`` where others were asked more in this run.
    """

    kind: ReasonKind
    tasks: int = 0
    offered: int = 0
    suites: int = 0
    best: str | None = None
    quality: float = 0.0
    low: float = 0.0
    high: float = 0.0
    chance: float = 0.0
    lead: float = 0.0
    chosen_by: tuple[ChosenBy, ...] = ()
    missing: tuple[str, ...] = ()
    run_id: str | None = None
    resumable: bool = False
    measure: MeasuredBy = "pass"


@dataclass(frozen=True, slots=True)
class Decision:
    """Which model to use where, and how sure that is.

    ``leader`` has the highest quality; ``tied`` are the models that are not significantly worse, itself
    included. ``pick`` is the cheapest of them, then the fastest; it is ``None`` when the tasks are too few to
    rule out a difference that matters, and when missing answers might change it. ``mde`` is the smallest
    difference that the tasks could show: ``None`` with nothing to compare, and where not even 100 points
    would. ``more_tasks`` is an estimate, to two digits.
    """

    kind: DecisionKind
    reason: Reason
    pick: Standing | None = None
    leader: Standing | None = None
    runner_up: Standing | None = None
    tied: tuple[str, ...] = ()
    cheapest_tied: Standing | None = None
    fallbacks: tuple[str, ...] = ()
    mde: float | None = None
    more_tasks: int | None = None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A compared model without a verdict on ``tasks`` that others answered: they are in common no more."""

    model: str
    tasks: int


@dataclass(frozen=True, slots=True)
class Uncompared:
    """A model that answered something and is not ranked, beside ``other``: the pick, else the first.

    It ``answered`` some tasks, and was asked ``unjudged`` more without a verdict (errors); the rest it was
    never asked. On the ``shared`` tasks, which both answered, ``quality`` is its own (``None`` without
    any), and it passed ``wins`` that the other did not. ``run_id`` is the newest run that it took part in.
    """

    model: str
    other: str
    answered: int
    unjudged: int
    shared: int
    quality: float | None
    other_quality: float | None
    wins: int
    losses: int
    run_id: str

    @property
    def leads(self) -> bool:
        """Whether it is ahead of the other on what they share."""
        return self.quality is not None and self.quality > (self.other_quality or 0.0) + 1e-9


@dataclass(frozen=True)
class Board:
    """One table: everything about one suite, one task type, one language, one role.

    ``offered`` tasks exist, ``answered_by_any`` are those that any contender answered, ``common`` ones those
    that every one did. Standings are in order: ranked models, then unranked ones, then baselines. ``pairs``
    are the first against every other. On the ``frontier`` are ranked models that none beats in both quality
    and cost a task, cheapest first; a model of unknown cost is never on it. ``unanswered`` says on whose
    account tasks are not in common, the most first, ``uncompared`` how models that are not ranked do beside
    the pick. ``measure`` says what quality is: a share of tasks passed, a mean score, or a mean over tasks of
    both kinds; only passes are solved tasks.
    """

    by: str
    name: str
    offered: int
    answered_by_any: int
    common: int
    suites: tuple[str, ...]
    roles: tuple[str, ...]
    lines: tuple[Standing, ...]
    pairs: tuple[Pair, ...]
    decision: Decision
    rank_ranges: tuple[RankRange, ...] = ()
    frontier: tuple[str, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()
    uncompared: tuple[Uncompared, ...] = ()
    measure: MeasuredBy = "pass"

    @cached_property
    def ranked(self) -> tuple[Standing, ...]:
        """The ranked models, best first."""
        return tuple(s for s in self.lines if s.rank is not None)

    @property
    def baselines(self) -> tuple[Standing, ...]:
        """Oracle, nop and random, where they ran."""
        return tuple(s for s in self.lines if s.baseline)

    def of(self, model: str) -> Standing | None:
        """The line of a model, if it has one."""
        return next((s for s in self.lines if s.model == model), None)
