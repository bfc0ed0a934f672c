-- One row an answer to a task that has a tree: whether it passed, at the first try and at last, and how its edits were.
CREATE OR REPLACE VIEW internal.answers_to_trees AS
SELECT
    suite, model, solver, kind, task, passed, cost_usd,
    coalesce(TRY_CAST(figures->>'passed_first' AS BOOLEAN), passed) AS passed_first,
    TRY_CAST(figures->>'well_formed' AS BOOLEAN) AS well_formed,
    coalesce(TRY_CAST(figures->>'turns' AS INTEGER), 1) AS turns,
    TRY_CAST(figures->>'precision' AS DOUBLE) AS precision
FROM (SELECT *, TRY_CAST(metrics AS JSON) AS figures FROM results WHERE solver IS NOT NULL AND status = 'ok' AND NOT baseline)
JOIN (SELECT suite, task_id, task_sha256, kind, task FROM tasks) USING (suite, task_id, task_sha256)
QUALIFY row_number() OVER (PARTITION BY model, sample_id ORDER BY run_id DESC, started_at DESC NULLS LAST) = 1;
