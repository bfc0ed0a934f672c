-- One row a reason why samples of a model in a suite say nothing, or nothing of cost or speed: how many there are.
CREATE OR REPLACE VIEW gaps AS
WITH counted AS (
    SELECT
        suite, model, outcome,
        CASE WHEN outcome <> 'ok' THEN error_type END AS error_type,
        count(*) AS samples,
        count(*) FILTER (outcome = 'ok' AND cost_usd IS NULL) AS unpriced,
        count(*) FILTER (outcome = 'ok' AND NOT (measured AND latency_s IS NOT NULL)) AS untimed
    FROM samples
    GROUP BY ALL
),
described AS MATERIALIZED (
    SELECT counted.* REPLACE (suite::VARCHAR AS suite, model::VARCHAR AS model), baseline
    FROM counted
    JOIN (SELECT model::internal.model_name AS model, baseline FROM roster) USING (model)
)
SELECT suite, model, outcome::VARCHAR AS kind, coalesce(error_type::VARCHAR, 'unknown') AS reason, sum(samples)::BIGINT AS samples
FROM described
WHERE outcome <> 'ok'
GROUP BY ALL
UNION ALL
SELECT suite, model, 'cost unknown', 'no price and no bill', sum(unpriced)::BIGINT
FROM described
WHERE unpriced > 0 AND NOT baseline
GROUP BY ALL
UNION ALL
SELECT suite, model, 'speed unknown', 'replayed, or measured beside other work', sum(untimed)::BIGINT
FROM described
WHERE untimed > 0 AND NOT baseline
GROUP BY ALL
UNION ALL
SELECT suite, model, 'left out', 'older version of the task', count(DISTINCT sample_id)
FROM results
JOIN (FROM tasks WHERE versions > 1) AS changed USING (suite, task_id)
WHERE results.task_sha256 <> changed.task_sha256
GROUP BY ALL;
