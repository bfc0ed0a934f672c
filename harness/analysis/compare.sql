-- Tasks that both runs answered, in the same version and with the same model; repeats become a pass rate.
WITH rates AS (
    SELECT run_id, model, suite, task_id, task_sha256, avg(coalesce(passed, false)::INT) AS rate
    FROM results
    WHERE status = 'ok' AND NOT baseline
    GROUP BY run_id, model, suite, task_id, task_sha256
)
SELECT model, suite, task_id, a.rate AS before, b.rate AS after
FROM (FROM rates WHERE run_id = $before) AS a
JOIN (FROM rates WHERE run_id = $after) AS b USING (model, suite, task_id, task_sha256)
ORDER BY model, suite, task_id
