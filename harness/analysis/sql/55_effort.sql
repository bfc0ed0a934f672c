-- Speed and cost of a model in every scope, on the tasks that all contenders tried; wrong answers and failed
-- calls are paid for too. Cost is unknown as soon as one answer's cost is; a failed call without a known cost
-- adds nothing to the sum.
CREATE OR REPLACE TEMP VIEW effort AS
WITH totals AS (
    SELECT
        dimension_of(task_type, suite, category, language, difficulty, role) AS dimension,
        value_of(task_type, suite, category, language, difficulty, role) AS value,
        model,
        sum(decode_tokens) / nullif(sum(decode_s), 0) AS decode_tps,
        supported_quantile(ttft_s, 0.5) AS ttft_s,
        supported_quantile(latency_s, 0.5) AS latency_p50_s,
        supported_quantile(latency_s, 0.9) AS latency_p90_s,
        supported_quantile(latency_s, 0.95) AS latency_p95_s,
        sum(spent_s) AS spent_s,
        sum(passed) FILTER (spent_s IS NOT NULL) AS solved_in_that_time,
        CASE WHEN count(*) FILTER (samples.answered AND cost_usd IS NULL) = 0 THEN sum(cost_usd) END AS cost,
        count(*) FILTER (outcome IN ('ok', 'error')) AS calls,
        sum(passed) AS solved
    FROM samples
    JOIN coverage USING (model, suite)
    LEFT JOIN support USING (suite, task_id)
    WHERE tried_by_all OR NOT compared
    GROUP BY model,
        GROUPING SETS ((task_type), (suite), (suite, category), (language), (difficulty), (role), ())
)
SELECT
    dimension, value, model, decode_tps, ttft_s, latency_p50_s, latency_p90_s, latency_p95_s,
    spent_s / nullif(solved_in_that_time, 0) AS seconds_per_solved,
    cost AS cost_usd,
    cost / nullif(calls, 0) AS cost_per_task,
    cost / nullif(solved, 0) AS cost_per_solved
FROM totals;
