-- Points of the distribution of measured seconds of answers, for a model in every scope, on the tasks where time and
-- money are compared. Run once a $dimension: a percentile needs all values of its group at once, and groups of all
-- dimensions would need them eight times.
INSERT INTO percentiles
SELECT
    $dimension, value, facts.model,
    count(ttft_s) AS n_ttft,
    count(latency_s) AS n,
    quantile_cont(ttft_s, 0.5) AS ttft,
    quantile_cont(latency_s, [0.5, 0.9, 0.95]) AS latencies
FROM facts
JOIN support USING (task)
JOIN (SELECT kind, value FROM kinds WHERE dimension = $dimension) USING (kind)
LEFT JOIN apart ON facts.model = apart.model AND facts.kind = apart.kind
WHERE measured AND outcome = 'ok' AND (tried_by_all OR apart.model IS NOT NULL)
GROUP BY value, facts.model;
