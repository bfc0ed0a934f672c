-- One row a model in a table, of the tasks there that have a tree: which share of its answers passed at the first try, which
-- had edits that could be applied, and how many turns a task took. Overall says nothing of it: other tasks have one turn.
CREATE OR REPLACE VIEW internal.answers_to_trees AS
SELECT
    suite, model, solver, kind, passed, cost_usd,
    coalesce(TRY_CAST(figures->>'passed_first' AS BOOLEAN), passed) AS passed_first,
    TRY_CAST(figures->>'well_formed' AS BOOLEAN) AS well_formed,
    coalesce(TRY_CAST(figures->>'turns' AS INTEGER), 1) AS turns
FROM (SELECT *, TRY_CAST(metrics AS JSON) AS figures FROM results WHERE solver IS NOT NULL AND status = 'ok' AND NOT baseline)
JOIN (SELECT suite, task_id, task_sha256, kind FROM tasks) USING (suite, task_id, task_sha256)
QUALIFY row_number() OVER (PARTITION BY model, sample_id ORDER BY run_id DESC, started_at DESC NULLS LAST) = 1;

CREATE OR REPLACE TABLE dialogues AS
SELECT
    dimension, value, model,
    avg(passed_first::DOUBLE) AS first_rate,
    avg(well_formed::DOUBLE) AS well_formed,
    avg(turns) AS turns
FROM internal.answers_to_trees
JOIN internal.kinds USING (kind, suite)
WHERE dimension <> 'overall'
GROUP BY dimension, value, model;
