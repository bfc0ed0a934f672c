-- What was not measured, and why.
CREATE OR REPLACE TEMP VIEW gaps AS
SELECT suite, model, outcome AS kind, coalesce(error_type, 'unknown') AS reason, count(*) AS samples
FROM samples
WHERE outcome NOT IN ('ok')
GROUP BY ALL
UNION ALL
SELECT suite, model, 'cost unknown', 'no price and no bill', count(*)
FROM samples
WHERE answered AND cost_usd IS NULL AND NOT baseline
GROUP BY ALL
UNION ALL
SELECT suite, model, 'speed unknown', 'replayed or contended timing', count(*)
FROM samples
WHERE answered AND latency_s IS NULL AND NOT baseline
GROUP BY ALL
UNION ALL
SELECT suite, model, 'left out', 'older version of the task', count(DISTINCT sample_id)
FROM results
ANTI JOIN samples USING (sample_id)
GROUP BY ALL;
