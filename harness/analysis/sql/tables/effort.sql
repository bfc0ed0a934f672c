-- One row a model in a table: points of the distribution of measured seconds of its answers, on the tasks where time and money
-- are compared. Filled for $some_dimensions at a time, one where samples are many: a percentile needs all values of its group at
-- once. Empty unless $percentiles are wanted.
CREATE TABLE internal.timed AS
SELECT model, kind, ttft_s, latency_s
FROM samples
JOIN internal.common USING (task)
JOIN internal.fields USING (kind)
JOIN coverage USING (model, field)
WHERE $percentiles AND measured AND outcome = 'ok' AND (tried_by_all OR NOT compared);

CREATE TABLE internal.percentiles (
    scope USMALLINT, model internal.model_name, n_ttft BIGINT, n BIGINT, ttft DOUBLE, latencies DOUBLE[]
);

INSERT INTO internal.percentiles
SELECT
    scope, model,
    count(ttft_s) AS n_ttft,
    count(latency_s) AS n,
    quantile_cont(ttft_s, 0.5) AS ttft,
    quantile_cont(latency_s, [0.5, 0.9, 0.95]) AS latencies
FROM internal.timed
JOIN (SELECT kind, scope FROM internal.kinds WHERE list_contains($some_dimensions, dimension)) USING (kind)
GROUP BY scope, model;

DROP TABLE internal.timed;

-- One row a model in a table: its speed and cost, on the tasks that all contenders tried; wrong answers and failed calls are
-- paid for too. Cost is unknown as soon as one answer's cost is; a failed call without a known cost adds nothing to the sum.
-- Tasks that are measured by scores are not solved. A percentile is shown only where the values support it.
CREATE OR REPLACE TABLE effort AS
WITH calls AS (
    SELECT
        samples.*, decode_tps > 0 AND completion_tokens > 1 AND measured AS decoded,
        measured AND latency_s IS NOT NULL AS timed
    FROM samples
    JOIN internal.common USING (task)
    JOIN internal.fields USING (kind)
    JOIN coverage USING (model, field)
    WHERE tried_by_all OR NOT compared
),
by_kind AS (
    SELECT
        model, kind,
        sum(completion_tokens - 1) FILTER (decoded) AS decode_tokens,
        sum((completion_tokens - 1) / decode_tps) FILTER (decoded) AS decode_s,
        sum(output_chars) FILTER (timed AND outcome = 'ok') AS chars,
        sum(latency_s) FILTER (timed AND outcome = 'ok' AND output_chars IS NOT NULL) AS writing_s,
        sum(latency_s) FILTER (timed AND outcome IN ('ok', 'error')) AS spent_s,
        count(*) FILTER (timed AND outcome = 'ok' AND passed) AS solved_in_that_time,
        count(*) FILTER (outcome = 'ok' AND cost_usd IS NULL) AS unpriced,
        sum(cost_usd) FILTER (outcome IN ('ok', 'error')) AS cost,
        count(*) FILTER (outcome IN ('ok', 'error')) AS calls,
        count(*) FILTER (outcome = 'ok' AND passed) AS solved
    FROM calls
    GROUP BY model, kind
),
summed AS (
    SELECT
        scope, model,
        sum(decode_tokens) / nullif(sum(decode_s), 0) AS decode_tps,
        sum(chars) / nullif(sum(writing_s), 0) AS chars_per_s,
        sum(spent_s) AS spent_s,
        CASE WHEN bool_and(measure = 'pass') THEN sum(solved_in_that_time) END AS solved_in_that_time,
        CASE WHEN sum(unpriced) = 0 THEN sum(cost) END AS cost,
        sum(calls) AS calls,
        CASE WHEN bool_and(measure = 'pass') THEN sum(solved) END AS solved
    FROM by_kind
    JOIN internal.kinds USING (kind)
    GROUP BY scope, model
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
FROM summed
JOIN scopes USING (scope)
LEFT JOIN internal.percentiles USING (scope, model);
