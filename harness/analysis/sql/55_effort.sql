-- Speed and cost of a model in every scope, on the tasks that all contenders tried; wrong answers and failed
-- calls are paid for too. Cost is unknown as soon as one answer's cost is; a failed call without a known cost
-- adds nothing to the sum. A percentile is shown only where the values support it.
CREATE OR REPLACE TEMP TABLE effort AS
WITH shared AS (
    SELECT *
    FROM parts
    JOIN parts_of_coverage USING (model, kind)
    WHERE tried_by_all OR NOT compared
),
totals AS (
    SELECT
        dimension, value, model,
        sum(decode_tokens) FILTER (measured AND decoded) / nullif(sum(decode_s) FILTER (measured AND decoded), 0)
            AS decode_tps,
        sum(chars) FILTER (measured AND timed AND outcome = 'ok')
            / nullif(sum(spent_s) FILTER (measured AND told AND outcome = 'ok'), 0) AS chars_per_s,
        sum(spent_s) FILTER (measured AND outcome IN ('ok', 'error')) AS spent_s,
        sum(passed) FILTER (measured AND timed AND outcome = 'ok') AS solved_in_that_time,
        CASE WHEN bool_or(NOT priced) FILTER (outcome = 'ok') THEN NULL
            ELSE sum(cost) FILTER (outcome IN ('ok', 'error')) END AS cost,
        sum(n) FILTER (outcome IN ('ok', 'error')) AS calls,
        sum(passed) FILTER (outcome = 'ok') AS solved
    FROM shared
    JOIN kinds USING (kind)
    GROUP BY dimension, value, model
)
SELECT
    dimension, value, model::VARCHAR AS model, decode_tps, chars_per_s,
    CASE WHEN supports(n_ttft, 0.5) THEN ttft END AS ttft_s,
    CASE WHEN supports(n, 0.5) THEN latencies[1] END AS latency_p50_s,
    CASE WHEN supports(n, 0.9) THEN latencies[2] END AS latency_p90_s,
    CASE WHEN supports(n, 0.95) THEN latencies[3] END AS latency_p95_s,
    spent_s / nullif(solved_in_that_time, 0) AS seconds_per_solved,
    cost AS cost_usd,
    cost / nullif(calls, 0) AS cost_per_task,
    cost / nullif(solved, 0) AS cost_per_solved
FROM totals
LEFT JOIN percentiles USING (dimension, value, model);
