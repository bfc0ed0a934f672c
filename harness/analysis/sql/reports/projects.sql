-- One row a model on the projects of a suite, and way in which they were put to it: how many answers were judged, which share
-- of them passed at the first and at the last try, had edits that could be applied, and what a solved one cost.
CREATE OR REPLACE VIEW projects AS
WITH newest AS (
    SELECT
        suite, model, solver, passed, cost_usd,
        coalesce(TRY_CAST(figures->>'passed_first' AS BOOLEAN), passed) AS passed_first,
        TRY_CAST(figures->>'well_formed' AS BOOLEAN) AS well_formed,
        coalesce(TRY_CAST(figures->>'turns' AS INTEGER), 1) AS turns
    FROM (SELECT *, TRY_CAST(metrics AS JSON) AS figures FROM results)
    SEMI JOIN tasks USING (suite, task_id, task_sha256)
    WHERE solver IS NOT NULL AND status = 'ok' AND NOT baseline
    QUALIFY row_number() OVER (PARTITION BY model, sample_id ORDER BY run_id DESC, started_at DESC NULLS LAST) = 1
)
SELECT
    suite, model, solver, count(*) AS n,
    avg(passed_first::DOUBLE) AS first_rate,
    avg(passed::DOUBLE) AS last_rate,
    avg(well_formed::DOUBLE) AS well_formed,
    avg(turns) AS turns,
    CASE WHEN count(cost_usd) = count(*) THEN sum(cost_usd) / nullif(count(*) FILTER (passed), 0) END AS usd_per_solved
FROM newest
GROUP BY suite, model, solver;
