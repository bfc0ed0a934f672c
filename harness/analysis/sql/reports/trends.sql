-- One row a model in a suite in one of several runs; each run beside the one before it, on the tasks that
-- both answered, with the differences task by task where scores count. All on the newest versions of the tasks.
CREATE OR REPLACE VIEW trends AS
WITH seasoned AS (
    SELECT model FROM results WHERE NOT baseline GROUP BY model HAVING count(DISTINCT run_id) > 1
),
scored AS (
    SELECT DISTINCT suite::VARCHAR AS suite FROM internal.kinds WHERE measure = 'score'
),
rows_of_runs AS (
    SELECT suite::VARCHAR AS suite, model::VARCHAR AS model, run_id, task, began, outcome,
        CASE WHEN suite::VARCHAR IN (FROM scored) THEN score ELSE passed::DOUBLE END AS quality,
        cost_usd, CASE WHEN measured THEN latency_s END AS spent_s
    FROM internal.taken
    WHERE model::VARCHAR IN (SELECT model FROM seasoned) AND outcome IN ('ok', 'error')
),
rates AS (
    SELECT suite, model, run_id, task, round(avg(quality), 12) AS rate
    FROM rows_of_runs
    WHERE outcome = 'ok'
    GROUP BY suite, model, run_id, task
),
qualities AS (
    SELECT suite, model, run_id, count(*) AS n, sum(rate) AS total, sum(rate * rate) AS squares
    FROM rates
    GROUP BY suite, model, run_id
),
efforts AS (
    SELECT
        suite, model, run_id,
        strftime(make_timestamp(min(began)), '%Y-%m-%dT%H:%M:%S+00:00') AS "at",
        CASE WHEN count(*) FILTER (outcome = 'ok' AND cost_usd IS NULL) = 0 THEN sum(cost_usd) / count(*) END AS cost_per_task,
        CASE WHEN supports(count(spent_s) FILTER (outcome = 'ok'), 0.5)
            THEN quantile_cont(spent_s, 0.5) FILTER (outcome = 'ok') END AS latency_p50_s
    FROM rows_of_runs
    GROUP BY suite, model, run_id
),
steps AS (
    SELECT *, lag(run_id) OVER one AS previous
    FROM qualities
    WINDOW one AS (PARTITION BY suite, model ORDER BY run_id)
    QUALIFY count(*) OVER (PARTITION BY suite, model) > 1
),
changes AS (
    SELECT
        suite, model, steps.run_id,
        count(*) AS shared, avg(now.rate - before.rate) AS change,
        count(*) FILTER (now.rate > before.rate) AS wins,
        count(*) FILTER (now.rate < before.rate) AS losses,
        list(now.rate - before.rate ORDER BY now.task) FILTER (suite IN (FROM scored)) AS differences
    FROM steps
    JOIN rates AS now USING (suite, model, run_id)
    JOIN rates AS before USING (suite, model, task)
    WHERE before.run_id = previous
    GROUP BY suite, model, steps.run_id
)
SELECT
    suite, model, run_id, "at", n::BIGINT AS n,
    total / n AS quality,
    CASE WHEN suite IN (FROM scored) THEN greatest(0, total / n - half_of_mean(total, squares, n))
        ELSE wilson_low(total, n) END AS low,
    CASE WHEN suite IN (FROM scored) THEN least(1, total / n + half_of_mean(total, squares, n))
        ELSE wilson_high(total, n) END AS high,
    cost_per_task, latency_p50_s, coalesce(shared, 0) AS shared, change, wins, losses, differences
FROM steps
JOIN efforts USING (suite, model, run_id)
LEFT JOIN changes USING (suite, model, run_id);
