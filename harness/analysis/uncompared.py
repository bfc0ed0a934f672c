"""What models that are not ranked do beside the one of a decision, and the runs that would rank them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from harness.analysis.board import Board, Uncompared
from harness.analysis.decisions import with_missing_answers

if TYPE_CHECKING:
    import duckdb

# One row a model that answered something in a table and is not ranked there, beside the model that the
# table's decision names, on the tasks that both answered. Rates are those of the shared tasks; overall they
# are averages over the suites that count there. The $dimensions, $values and $models of the decisions stand
# side by side.
_UNCOMPARED = """
    WITH named AS (
        SELECT unnest($dimensions) AS dimension, unnest($values) AS value, unnest($models) AS other
    ),
    aside AS (
        SELECT scope, dimension, value, model, other
        FROM standings
        JOIN named USING (dimension, value)
        JOIN scopes USING (dimension, value)
        WHERE NOT ranked AND NOT baseline AND answered > 0
    ),
    two AS (
        SELECT DISTINCT model::internal.model_name AS model, other::internal.model_name AS other FROM aside
    ),
    tried AS (
        SELECT model, kind, task, quality, ok > 0 AS answered
        FROM outcomes
        WHERE ok + errors + crashes > 0 AND model IN (SELECT model FROM two UNION SELECT other FROM two)
    ),
    by_kind AS (
        SELECT
            own.model, other, own.kind,
            count(*) FILTER (own.answered) AS answered,
            count(*) FILTER (NOT own.answered) AS unjudged,
            count(*) FILTER (own.answered AND its.answered) AS shared,
            sum(own.quality) FILTER (own.answered AND its.answered) AS passed,
            sum(its.quality) FILTER (own.answered AND its.answered) AS other_passed,
            count(*) FILTER (own.quality > its.quality) AS wins,
            count(*) FILTER (own.quality < its.quality) AS losses
        FROM tried AS own
        JOIN two USING (model)
        LEFT JOIN tried AS its ON its.model = other AND its.task = own.task
        GROUP BY own.model, other, own.kind
    ),
    by_suite AS (
        SELECT
            aside.dimension, aside.value, aside.model, aside.other, suite,
            sum(by_kind.answered) AS answered, sum(unjudged) AS unjudged, sum(shared) AS shared,
            sum(passed) AS passed, sum(other_passed) AS other_passed, sum(wins) AS wins, sum(losses) AS losses
        FROM aside
        JOIN internal.kinds USING (scope)
        JOIN by_kind
            ON by_kind.kind = kinds.kind AND by_kind.model::VARCHAR = aside.model
            AND by_kind.other::VARCHAR = aside.other
        WHERE aside.dimension <> 'overall' OR suite IN (FROM internal.overall_suites)
        GROUP BY ALL
    )
    SELECT
        dimension, value, model, any_value(other) AS other,
        sum(answered)::BIGINT AS answered, sum(unjudged)::BIGINT AS unjudged, sum(shared)::BIGINT AS shared,
        CASE WHEN dimension = 'overall' THEN avg(passed / nullif(shared, 0))
            ELSE sum(passed) / nullif(sum(shared), 0) END AS quality,
        CASE WHEN dimension = 'overall' THEN avg(other_passed / nullif(shared, 0))
            ELSE sum(other_passed) / nullif(sum(shared), 0) END AS other_quality,
        sum(wins)::BIGINT AS wins, sum(losses)::BIGINT AS losses,
        (SELECT max(run_id) FROM results WHERE results.model = by_suite.model) AS run_id
    FROM by_suite
    GROUP BY dimension, value, model
    ORDER BY dimension, value, quality DESC NULLS LAST, model
"""
# One row a model of $models: the newest run in which it was asked (imported answers came from no run of
# ours), and whether other models were asked more samples in that run. Answers and failures are counted
# apart: together they take several times as long.
_NEWEST_RUNS = """
    WITH newest AS (
        SELECT model, max(run_id) AS run_id
        FROM results
        WHERE model IN (SELECT unnest($models)) AND engine <> 'imported' AND status <> 'skipped'
        GROUP BY model
    ),
    asked AS (
        SELECT run_id, model, count(*) AS tasks
        FROM results
        SEMI JOIN newest USING (run_id)
        WHERE status = 'ok'
        GROUP BY run_id, model
        UNION ALL
        SELECT run_id, model, count(DISTINCT sample_id)
        FROM results
        SEMI JOIN newest USING (run_id)
        WHERE status NOT IN ('ok', 'skipped')
        GROUP BY run_id, model
    ),
    summed AS (
        SELECT run_id, model, sum(tasks) AS tasks
        FROM asked
        GROUP BY run_id, model
    )
    SELECT newest.model, run_id, max(tasks) > max(tasks) FILTER (summed.model = newest.model) AS resumable
    FROM newest
    JOIN summed USING (run_id)
    GROUP BY newest.model, run_id
"""


def with_uncompared(
    con: duckdb.DuckDBPyConnection, boards: Mapping[str, Sequence[Board]]
) -> dict[str, tuple[Board, ...]]:
    """The tables with what models that are not ranked do beside the one that the decision names."""
    named = [
        (board.by, board.name, (board.decision.pick or board.ranked[0]).model)
        for of_dimension in boards.values()
        for board in of_dimension
        if board.ranked
        and any(line.answered and line.rank is None and not line.baseline for line in board.lines)
    ]
    rows: dict[tuple[str, str], list[Uncompared]] = defaultdict(list)
    if named:
        dimensions, values, models = map(list, zip(*named, strict=True))
        given = {"dimensions": dimensions, "values": values, "models": models}
        for by, name, *columns in con.execute(_UNCOMPARED, given).fetchall():
            rows[by, name].append(Uncompared(*columns))
    judged = {
        dimension: [
            _completed(replace(board, uncompared=tuple(rows[board.by, board.name])), boards["suite"])
            for board in of_dimension
        ]
        for dimension, of_dimension in boards.items()
    }
    lacking = {
        board.decision.reason.missing[0]
        for of in judged.values()
        for board in of
        if board.decision.reason.missing
    }
    runs = _newest_runs(con, sorted(lacking))
    return {dimension: tuple(_with_run(board, runs) for board in of) for dimension, of in judged.items()}


def _completed(board: Board, suites: Sequence[Board]) -> Board:
    """With its decision in sight of what is missing."""
    averaged = [suite for suite in suites if suite.name in board.suites]
    return replace(
        board, decision=with_missing_answers(board, averaged if board.by == "overall" else [board])
    )


def _with_run(board: Board, runs: Mapping[str, tuple[str, bool]]) -> Board:
    """With the run that would bring the missing answers."""
    decision = board.decision
    if not decision.reason.missing:
        return board
    run_id, resumable = runs.get(decision.reason.missing[0], (None, False))
    reason = replace(decision.reason, run_id=run_id, resumable=resumable)
    return replace(board, decision=replace(decision, reason=reason))


def _newest_runs(con: duckdb.DuckDBPyConnection, models: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """The newest run in which each of ``models`` was asked, and whether others were asked more in it."""
    if not models:
        return {}
    rows = con.execute(_NEWEST_RUNS, {"models": list(models)}).fetchall()
    return {model: (run_id, resumable) for model, run_id, resumable in rows}
