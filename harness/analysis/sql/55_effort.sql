-- Speed and cost of a model in every scope, on the tasks that all contenders tried; wrong answers and failed
-- calls are paid for too. Cost is unknown as soon as one answer's cost is; a failed call without a known cost
-- adds nothing to the sum. A percentile is shown only where the values support it.
CREATE OR REPLACE TEMP TABLE effort AS
WITH parts AS (
    SELECT
        model, kind,
        sum(decode_tokens) AS decode_tokens,
        sum(decode_s) AS decode_s,
        sum(chars) AS chars,
        sum(spent_s) FILTER (chars IS NOT NULL) AS writing_s,
        sum(spent_s) AS spent_s,
        sum(passed) FILTER (spent_s IS NOT NULL) AS solved_in_that_time,
        count(*) FILTER (outcome = 'ok' AND cost_usd IS NULL) AS unknown,
        sum(cost_usd) AS cost,
        count(*) FILTER (outcome IN ('ok', 'error')) AS calls,
        sum(passed) AS solved
    FROM facts
    JOIN support USING (task)
    JOIN parts_of_coverage USING (model, kind)
    WHERE tried_by_all OR NOT compared
    GROUP BY model, kind
),
totals AS (
    SELECT
        dimension, value, model::VARCHAR AS model,
        sum(decode_tokens) / nullif(sum(decode_s), 0) AS decode_tps,
        sum(chars) / nullif(sum(writing_s), 0) AS chars_per_s,
        sum(spent_s) AS spent_s,
        sum(solved_in_that_time) AS solved_in_that_time,
        CASE WHEN sum(unknown) = 0 THEN sum(cost) END AS cost,
        sum(calls) AS calls,
        sum(solved) AS solved
    FROM parts
    JOIN kinds USING (kind)
    GROUP BY dimension, value, model
)
SELECT
    dimension, value, model, decode_tps, chars_per_s,
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

DROP TABLE timed;
