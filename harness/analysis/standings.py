"""The one object that reports and rules are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from harness.analysis.board import Board, Duel, Pair, Standing, Unanswered
from harness.analysis.champions import champion_of
from harness.analysis.composite import composites
from harness.analysis.decisions import Contest, average_contest, contest, decide
from harness.analysis.duels import PairTests, duels, possible_ranks, read_tests
from harness.analysis.extras import (
    Champion,
    CodeFacts,
    Composite,
    Contestant,
    ControlFacts,
    EditFormats,
    FindingFacts,
    FollowUpFacts,
    Gap,
    HonestyFacts,
    ProjectFacts,
    Repeated,
    RunFacts,
    Spread,
    Stability,
    Trend,
)
from harness.analysis.facts import (
    read_code,
    read_controls,
    read_edit_formats,
    read_findings,
    read_follow_ups,
    read_honesty,
    read_projects,
    read_runs,
    records,
)
from harness.analysis.histories import read_repeats, read_trends
from harness.analysis.labelling import Labelling, read_labelling
from harness.analysis.lengths import LengthFacts, tier_order
from harness.analysis.loads import LoadFacts
from harness.analysis.stability import measure_stability
from harness.analysis.uncompared import with_uncompared
from harness.analysis.views import DIMENSIONS, install

if TYPE_CHECKING:
    import duckdb

Record = TypeVar("Record")
Differences = Mapping[
    tuple[str, str], Mapping[tuple[str, str], Sequence[float]]
]  # by table, by pair: a task each
_GUESSING = ("nop", "random")  # the baselines that a model must beat
_BY_SIZE = "ORDER BY model, len(prompt), prompt, len(answer), answer, at_once"
_OF_BOARDS = (  # the views that boards are read of, and those that are shown beside them
    *("scopes", "standings", "pairwise", "unanswered"),
    *("honesty", "code_quality", "findings", "follow_ups"),
)
_DIFFICULTIES = ("beginner", "intermediate", "advanced")


@dataclass(frozen=True)
class Standings:
    """Everything measured in some runs, judged.

    Boards are in alphabetical order, difficulties from easy to hard, context tiers from short to long.
    ``data_sha256`` names the data: the same rows give the same digest in any order. ``stability`` is ``None``
    where fewer than two models are ranked overall; composites are of models whose speed and cost are known;
    ``duels`` are those of the overall table.
    """

    boards: Mapping[str, tuple[Board, ...]]
    champions: tuple[Champion, ...]
    contestants: tuple[Contestant, ...]
    runs: tuple[RunFacts, ...]
    gaps: tuple[Gap, ...]
    spreads: tuple[Spread, ...]
    samples: int
    data_sha256: str
    duels: tuple[Duel, ...] = ()
    stability: Stability | None = None
    composites: tuple[Composite, ...] = ()
    repeats: tuple[Repeated, ...] = ()
    trends: tuple[Trend, ...] = ()
    projects: tuple[ProjectFacts, ...] = ()
    honesty: tuple[HonestyFacts, ...] = ()
    controls: tuple[ControlFacts, ...] = ()
    edit_formats: tuple[EditFormats, ...] = ()
    code: tuple[CodeFacts, ...] = ()
    findings: tuple[FindingFacts, ...] = ()
    follow_ups: tuple[FollowUpFacts, ...] = ()
    labelling: Labelling = field(default_factory=Labelling)
    lengths: tuple[LengthFacts, ...] = ()
    loads: tuple[LoadFacts, ...] = ()

    def by(self, dimension: str) -> tuple[Board, ...]:
        """The boards of one of ``DIMENSIONS``."""
        return self.boards.get(dimension, ())

    @property
    def overall(self) -> Board | None:
        """The average over suites; ``None`` without results."""
        return next(iter(self.by("overall")), None)

    @cached_property
    def ranked_models(self) -> tuple[str, ...]:
        """Models ranked anywhere, in overall order and then by name: the order that colours follow."""
        ranked = {s.model for boards in self.boards.values() for board in boards for s in board.ranked}
        order = {s.model: s.rank for s in self.overall.ranked} if self.overall else {}
        return tuple(sorted(ranked, key=lambda model: (order.get(model) or len(ranked) + 1, model)))


def load_standings(con: duckdb.DuckDBPyConnection) -> Standings:
    """Judge everything that the view ``results`` of ``con`` holds."""
    install(con, empty=False)
    return read_standings(con)


def read_standings(con: duckdb.DuckDBPyConnection) -> Standings:
    """The same, after ``install``."""
    tests = read_tests(con)
    boards = _boards(con, tests)
    overall = next(iter(boards["overall"]), None)
    ranked = overall.ranked if overall else ()
    runs, digest = read_runs(con)
    answers = con.execute("SELECT count(*) FROM samples WHERE outcome = 'ok'").fetchone()
    return Standings(
        boards=boards,
        champions=tuple(map(champion_of, boards["suite"])),
        contestants=records(con, "roster", Contestant, "ORDER BY baseline, model"),
        runs=runs,
        gaps=records(con, "gaps", Gap, "ORDER BY kind, suite, model, reason"),
        spreads=records(con, "latency", Spread, "ORDER BY suite, model"),
        samples=answers[0] if answers else 0,
        data_sha256=digest,
        duels=duels(ranked, tests.get(("overall", "overall"))),
        stability=measure_stability(con, overall, boards["suite"]) if overall else None,
        composites=composites(ranked),
        repeats=tuple(read_repeats(con)),
        trends=tuple(read_trends(con)),
        projects=read_projects(con),
        honesty=read_honesty(con),
        controls=read_controls(con),
        edit_formats=tuple(read_edit_formats(con)),
        code=read_code(con),
        findings=read_findings(con),
        follow_ups=read_follow_ups(con),
        labelling=read_labelling(con),
        loads=records(con, "loads", LoadFacts, _BY_SIZE),
        lengths=records(con, "lengths", LengthFacts, "ORDER BY task_type, baseline, model, size"),
    )


def load_boards(
    con: duckdb.DuckDBPyConnection, by: str, *, percentiles: bool = True
) -> dict[str, tuple[Board, ...]]:
    """The tables by one of ``DIMENSIONS`` alone, without rank ranges; by suite, with the overall one.

    Percentiles of seconds take half as long again as all the rest: without them they are ``None``.
    """
    dimensions = ("suite", "overall") if by in ("suite", "overall") else (by,)
    install(con, dimensions, wanted=_OF_BOARDS, percentiles=percentiles, every_pair=False, empty=False)
    return _boards(con)


def _boards(
    con: duckdb.DuckDBPyConnection, tests: Mapping[tuple[str, str], PairTests] | None = None
) -> dict[str, tuple[Board, ...]]:
    """Every table, judged; rank ranges only with tests."""
    standings = _grouped(
        con, "standings", Standing, "ORDER BY rank NULLS LAST, baseline, quality DESC, model"
    )
    renamed = {"a": "model_a", "b": "model_b"}
    pairs = _grouped(con, "pairwise", Pair, "WHERE decides ORDER BY model_a, model_b", renamed)
    averaged = [name for (name,) in con.execute("FROM internal.overall_suites ORDER BY suite").fetchall()]
    fronts = con.execute(
        "SELECT dimension, value, list(model ORDER BY cost_per_task) "
        "FROM standings WHERE frontier GROUP BY ALL"
    ).fetchall()
    unanswered = _grouped(con, "unanswered", Unanswered, "ORDER BY tasks DESC, model")
    frontiers: dict[tuple[str, str], tuple[str, ...]] = {(by, name): tuple(on) for by, name, on in fronts}
    boards: dict[str, list[Board]] = {dimension: [] for dimension in DIMENSIONS}
    scopes = con.execute(
        "SELECT dimension, value, offered, answered_by_any, common, suites, roles, measure "
        "FROM scopes ORDER BY value"
    ).fetchall()
    differences = _differences(con)
    for by, name, offered, answered_by_any, common, suites, roles, measure in scopes:
        lines = standings.get((by, name), [])
        among = pairs.get((by, name), [])
        ranked = [line for line in lines if line.rank is not None]
        chance = max((line.quality or 0 for line in lines if line.model in _GUESSING), default=0.0)
        if by == "overall":
            suites = averaged
            decision = decide(
                ranked, _averages(pairs, averaged, ranked, differences), chance, len(averaged), measure
            )
        else:
            contests = _contests(among, ranked, differences.get((by, name)))
            decision = decide(ranked, contests, chance, measure=measure)
        boards[by].append(
            Board(
                by=by,
                name=name,
                offered=offered,
                answered_by_any=answered_by_any,
                common=common,
                suites=tuple(suites),
                roles=tuple(roles),
                lines=tuple(lines),
                pairs=tuple(among),
                decision=decision,
                rank_ranges=() if tests is None else possible_ranks(ranked, tests.get((by, name))),
                frontier=frontiers.get((by, name), ()),
                unanswered=tuple(unanswered.get((by, name), ())),
                measure=measure,
            )
        )
    boards["context_tier"].sort(key=lambda board: tier_order(board.name))
    boards["difficulty"].sort(key=lambda board: _place(board.name, _DIFFICULTIES))
    return with_uncompared(con, boards)


def _place(name: str, order: Sequence[str]) -> int:
    """Where a name stands; what is not in the order stands behind it."""
    return order.index(name) if name in order else len(order)


def _grouped(
    con: duckdb.DuckDBPyConnection, view: str, cls: type[Record], order: str,
    renamed: Mapping[str, str] | None = None,
) -> dict[tuple[str, str], list[Record]]:  # fmt: skip
    """The rows of a view as records, by dimension and value."""
    names = ", ".join((renamed or {}).get(f.name, f.name) for f in fields(cls))  # type: ignore[arg-type]
    groups: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for by, name, *values in con.execute(f"SELECT dimension, value, {names} FROM {view} {order}").fetchall():
        groups[by, name].append(cls(*values))
    return groups


def _differences(con: duckdb.DuckDBPyConnection) -> Differences:
    """Where scores count, those of a model that decides less those of every other one, task by task."""
    rows = con.execute(
        """
        WITH scored AS (FROM scopes WHERE measure <> 'pass' AND dimension <> 'overall'),
        deciding AS (
            SELECT dimension, value, model_a, model_b
            FROM pairwise SEMI JOIN scored USING (dimension, value)
            WHERE decides
        ),
        compared AS (
            SELECT dimension, value, kind, model::VARCHAR AS model, qualities
            FROM internal.qualities
            JOIN internal.kinds USING (kind)
            SEMI JOIN scored USING (dimension, value)
        )
        SELECT
            dimension, value, model_a, model_b,
            flatten(list(
                list_transform(list_zip(a.qualities, b.qualities), lambda two: two[1] - two[2]) ORDER BY kind
            ))
        FROM deciding
        JOIN compared AS a USING (dimension, value)
        JOIN compared AS b USING (dimension, value, kind)
        WHERE a.model = model_a AND b.model = model_b
        GROUP BY dimension, value, model_a, model_b
        """
    ).fetchall()
    by_table: dict[tuple[str, str], dict[tuple[str, str], list[float]]] = defaultdict(dict)
    for by, name, first, other, differences in rows:
        by_table[by, name][first, other] = differences
    return by_table


def _contests(
    pairs: Sequence[Pair],
    ranked: Sequence[Standing],
    differences: Mapping[tuple[str, str], Sequence[float]] | None,
) -> dict[str, Contest]:
    """The first in the table against every other; with differences where scores count."""
    others = [pair for pair in pairs if ranked and pair.a == ranked[0].model]
    return {pair.b: contest(pair, differences[pair.a, pair.b] if differences else None) for pair in others}


def _averages(
    pairs: Mapping[tuple[str, str], Sequence[Pair]],
    suites: Sequence[str],
    ranked: Sequence[Standing],
    differences: Differences,
) -> dict[str, Contest]:
    """The same over the average of several suites."""
    others = {standing.model for standing in ranked[1:]}
    by_other: dict[str, list[tuple[Pair, Sequence[float] | None]]] = defaultdict(list)
    for suite in suites:
        of_scores = differences.get(("suite", suite), {})
        for pair in pairs.get(("suite", suite), ()):
            if pair.b in others and pair.a == ranked[0].model:
                by_other[pair.b].append((pair, of_scores.get((pair.a, pair.b))))
    return {other: average_contest(*zip(*of_suites, strict=True)) for other, of_suites in by_other.items()}
