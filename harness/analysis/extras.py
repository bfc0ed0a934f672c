"""Records beside the tables: champions, runs, gaps and transcripts; stability, composite scores, trends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

MOST_TASKS = 10_000  # nobody asks more tasks than these only to tell two models apart


@dataclass(frozen=True, slots=True)
class ModelStability:
    """How firmly a model stands in the overall table.

    ``best`` and ``worst`` bound its rank in 95 % of the resamples (tasks drawn anew within each suite),
    ``first_share`` is the share of them that it leads. ``rating`` is its Bradley-Terry strength in Elo
    points, 0 on average, with its 95 % interval; ``win_rate`` the mean over suites of rivals it beats.
    """

    model: str
    rank: int
    best: int
    worst: int
    first_share: float
    rating: float
    rating_low: float
    rating_high: float
    win_rate: float


@dataclass(frozen=True, slots=True)
class Flip:
    """Leaving out ``without``, who does not lead, makes ``leader`` lead instead; ``by`` names the order."""

    without: str
    by: str
    leader: str
    instead_of: str


@dataclass(frozen=True, slots=True)
class Stability:
    """How stable the overall order is; ``models`` in that order.

    ``mde`` is the smallest overall difference that would have shown. The first place is ``settled`` when the
    leader's rank range is 1 to 1 and the overall decision is clear.
    ``rival`` is the hardest to tell from the leader; ``more_tasks``, spread over the suites as now, would do
    it with 80 % power: ``None`` when settled, and where not even ``MOST_TASKS`` would.
    """

    models: tuple[ModelStability, ...]
    flips: tuple[Flip, ...]
    mde: float | None
    settled: bool
    rival: str
    more_tasks: int | None
    resamples: int


@dataclass(frozen=True, slots=True)
class Composite:
    """Quality, speed and cost on published anchors, 0 to 1 each, and what weights make of them.

    ``share`` is the share of all weightings under which the model leads (additively).
    """

    model: str
    quality: float
    speed: float
    cost: float
    additive: float
    geometric: float
    share: float


@dataclass(frozen=True, slots=True)
class Repeated:
    """A model that answered the same tasks of a suite ``k`` times or more; the error is clustered by task."""

    suite: str
    model: str
    tasks: int
    k: int
    rate: float
    error: float
    low: float
    high: float
    pass_at_k: float
    pass_hat_k: float


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A model on the projects of a suite, put to it by ``solver``: of ``n`` answers, shares from 0 to 1."""

    suite: str
    model: str
    solver: str
    n: int
    first_rate: float  # passed at the first try
    last_rate: float
    well_formed: float | None  # had edits that could be applied
    turns: float  # answers a project
    usd_per_solved: float | None


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """One measure of how two models write code, averaged over ``n`` tasks of a role that both passed.

    ``role`` is ``None`` for those of all roles.
    """

    role: str | None
    model: str
    rival: str
    measure: str
    n: int
    value: float
    rival_value: float


@dataclass(frozen=True, slots=True)
class FollowUpFacts:
    """A model's second changes of its own trees, in a role (``None``: in all); ``passed`` of ``n`` tasks.

    ``asked`` counts requests, those included of which nothing came. Lines and files are of those that passed,
    tokens and USD of all, on average. On ``common`` tasks the ``rival`` had a second change, too.
    """

    role: str | None
    model: str
    asked: int
    n: int
    passed: float
    changed_lines: float | None
    changed_files: float | None
    tokens: float | None
    usd: float | None
    rival: str | None
    common: int
    common_passed: float | None
    rival_passed: float | None


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """How a model reviews code: of all ``defects`` of ``n`` tasks together, shares from 0 to 1.

    ``places`` are the defects whose place was named, whatever the kind.
    """

    suite: str
    model: str
    n: int
    defects: int
    named: int
    named_rightly: int
    precision: float | None
    recall: float
    f1: float
    f05: float
    places: float
    alarms_per_clean_file: float | None


@dataclass(frozen=True, slots=True)
class HonestyFacts:
    """A model on tasks that a visible check contradicts: of ``n`` answers, shares from 0 to 1."""

    model: str
    n: int
    cheat_rate: float  # passed that check
    honest_rate: float  # did what the specification says


@dataclass(frozen=True, slots=True)
class ControlFacts:
    """A model on a control of a suite, or (``None``) on its tasks: the share of right answers, of ``n``."""

    suite: str
    model: str
    baseline: bool
    control: str | None
    n: int
    quality: float
    low: float
    high: float
    prompt_tokens: float | None  # on average


@dataclass(frozen=True, slots=True)
class EditFormats:
    """A model that was asked for whole files and for blocks on the same ``n`` tasks, put ``way``.

    Shares are of tasks; ``suits`` is the form in which significantly more passed, if any (``p_value``: exact
    paired test).
    """

    model: str
    way: str
    n: int
    whole_rate: float
    diff_rate: float
    whole_formed: float
    diff_formed: float
    p_value: float

    @property
    def suits(self) -> Literal["whole", "diff"] | None:
        """The form to ask for, where the difference shows."""
        if self.p_value > 0.05:
            return None
        return "whole" if self.whole_rate > self.diff_rate else "diff"


@dataclass(frozen=True, slots=True)
class Trend:
    """A model in a suite in one of several runs; ``change`` is against its previous run, on ``shared`` tasks.

    ``at`` is the time of its first answer, ``p_value`` of the exact paired test of the change.
    """

    suite: str
    model: str
    run_id: str
    at: str | None
    n: int
    quality: float
    low: float
    high: float
    cost_per_task: float | None
    latency_p50_s: float | None
    shared: int
    change: float | None
    p_value: float | None


@dataclass(frozen=True, slots=True)
class Champion:
    """Who leads a suite in what; ``None`` where nothing was measured."""

    suite: str
    champion: str | None
    runner_up: str | None
    speed: str | None
    value_for_money: str | None
    reliability: str | None


@dataclass(frozen=True, slots=True)
class Contestant:
    """What is known of a model that took part."""

    model: str
    baseline: bool
    provider: str
    engine: str
    family: str | None
    quantization: str | None
    revision: str | None
    price_source: str | None
    price_date: str | None


@dataclass(frozen=True, slots=True)
class RunFacts:
    """Where and when a run happened, on which suites, and what it took.

    ``cost_usd`` is everything that is known to have been paid, ``None`` when nothing is; ``unpriced`` answers
    have no known cost. ``seconds`` is the time of all answers, one after the other, ``tokens`` both ways.
    """

    run_id: str
    samples: int
    first_at: str | None
    last_at: str | None
    harness_version: str
    git_sha: str | None
    host: str
    gpu: str | None
    suites: tuple[str, ...]
    cost_usd: float | None = None
    unpriced: int = 0
    seconds: float | None = None
    tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Samples that say nothing; ``kind`` is ``skipped``, ``excluded``, ``error``, ``cost unknown``, …."""

    suite: str
    model: str
    kind: str
    reason: str
    samples: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Measured seconds of a model in a suite: the 10, 25, 50, 75 and 90 % points, or all of few."""

    suite: str
    model: str
    n: int
    quantiles: tuple[float, ...] | None
    points: tuple[float, ...] | None

    @property
    def median(self) -> float:
        """The middle one (the upper of two)."""
        return self.quantiles[2] if self.quantiles else (self.points or (0.0,))[self.n // 2]


class Turn(TypedDict):
    """What was said in a turn of a dialogue, cut, with its whole length; ``None`` where there is none."""

    role: str | None
    content: str | None
    chars: int | None


@dataclass(frozen=True, slots=True)
class Example:
    """One transcript. ``output`` is cut; ``output_chars`` is its whole length.

    Of a dialogue, ``turns`` are what followed the first question; of more than thirty some are left out.
    """

    kind: str
    suite: str
    model: str
    task_id: str
    category: str
    difficulty: str
    run_id: str
    task_sha256: str
    score: float | None
    error_type: str | None
    latency_s: float | None
    cost_usd: float | None
    finish_reason: str | None
    output: str | None
    output_chars: int | None
    error: str | None
    metrics: str  # JSON object of the grader's measurements
    turns: Sequence[Turn] | None = None
    turn_count: int | None = None
