-- What was not measured, and why.
CREATE OR REPLACE TEMP VIEW gaps AS
WITH counted AS (
    SELECT
        task, facts.model, outcome, any_value(baseline) AS baseline,
        CASE WHEN outcome <> 'ok' THEN error_type END AS error_type,
        count(*) AS samples,
        count(*) FILTER (answered AND cost_usd IS NULL) AS unpriced,
        count(*) FILTER (answered AND spent_s IS NULL) AS untimed
    FROM facts
    JOIN entrants USING (model)
    GROUP BY ALL
),
known AS (
    SELECT suite, counted.* FROM counted JOIN tasks USING (task)
)
SELECT suite, model::VARCHAR AS model, outcome::VARCHAR AS kind, coalesce(error_type::VARCHAR, 'unknown') AS reason, sum(samples)::BIGINT AS samples
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
ANTI JOIN tasks USING (suite, task_id, task_sha256)
GROUP BY ALL;
