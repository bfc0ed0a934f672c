-- One row an answer to a task that has a tree: whether it passed, at the first try and at last, and how its edits were.
CREATE VIEW internal.answers_to_trees AS
SELECT
    suite, model, solver, kind, task, passed, cost_usd,
    coalesce(TRY_CAST(figures->>'passed_first' AS BOOLEAN), passed) AS passed_first,
    TRY_CAST(figures->>'well_formed' AS BOOLEAN) AS well_formed,
    coalesce(TRY_CAST(figures->>'turns' AS INTEGER), 1) AS turns,
    TRY_CAST(figures->>'precision' AS DOUBLE) AS precision
FROM (SELECT *, TRY_CAST(metrics AS JSON) AS figures FROM results WHERE solver IS NOT NULL AND status = 'ok' AND NOT baseline)
JOIN (SELECT suite, task_id, task_sha256, kind, task FROM tasks) USING (suite, task_id, task_sha256)
QUALIFY row_number() OVER (PARTITION BY model, sample_id ORDER BY run_id DESC, started_at DESC NULLS LAST) = 1;

-- One row a model in a table, of the tasks there that have a tree: which share of its answers passed at the first try, which
-- had edits that could be applied, and how many turns a task took; and which share of its edits was needed, on average over
-- the common tasks, where every task of the table measures that. Overall says nothing of it: other tasks have one turn.
CREATE OR REPLACE TABLE dialogues AS
SELECT
    dimension, value, model,
    avg(passed_first::DOUBLE) AS first_rate,
    avg(well_formed::DOUBLE) AS well_formed,
    avg(turns) AS turns,
    CASE WHEN count(DISTINCT task) FILTER (answered_by_all AND precision IS NOT NULL) = any_value(common)
        THEN avg(precision) FILTER (answered_by_all) END AS precision
FROM internal.answers_to_trees
JOIN internal.kinds USING (kind, suite)
JOIN internal.common USING (task)
JOIN scopes USING (scope, dimension, value)
WHERE dimension <> 'overall'
GROUP BY dimension, value, model;
