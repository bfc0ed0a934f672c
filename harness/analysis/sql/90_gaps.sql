-- What was not measured, and why.
CREATE OR REPLACE TEMP VIEW gaps AS
WITH counted AS (
    SELECT
        model, kind, outcome,
        CASE WHEN outcome <> 'ok' THEN error_type END AS error_type,
        count(*) AS samples,
        count(*) FILTER (outcome = 'ok' AND cost_usd IS NULL) AS unpriced,
        count(*) FILTER (outcome = 'ok' AND NOT (measured AND latency_s IS NOT NULL)) AS untimed
    FROM facts
    GROUP BY ALL
),
known AS MATERIALIZED (
    SELECT suite, baseline, counted.* REPLACE (model::VARCHAR AS model)
    FROM counted
    JOIN (SELECT DISTINCT kind, suite FROM places) USING (kind)
    JOIN entrants USING (model)
)
SELECT suite, model, outcome::VARCHAR AS kind, coalesce(error_type::VARCHAR, 'unknown') AS reason, sum(samples)::BIGINT AS samples
FROM known
WHERE outcome <> 'ok'
GROUP BY ALL
UNION ALL
SELECT suite, model, 'cost unknown', 'no price and no bill', sum(unpriced)::BIGINT
FROM known
WHERE unpriced > 0 AND NOT baseline
GROUP BY ALL
UNION ALL
SELECT suite, model, 'speed unknown', 'replayed or contended timing', sum(untimed)::BIGINT
FROM known
WHERE untimed > 0 AND NOT baseline
GROUP BY ALL
UNION ALL
SELECT suite, model, 'left out', 'older version of the task', count(DISTINCT sample_id)
FROM results
JOIN outdated USING (suite, task_id, task_sha256)
GROUP BY ALL;
