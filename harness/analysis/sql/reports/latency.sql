-- One row a model in a suite: the spread of its measured latencies, for box plots. Tenths and quarters where there are enough
-- samples, otherwise the values themselves.
CREATE OR REPLACE VIEW latency AS
WITH spreads AS (
    SELECT
        suite::VARCHAR AS suite, samples.model::VARCHAR AS model,
        count(*) AS n,
        quantile_cont(latency_s, [0.1, 0.25, 0.5, 0.75, 0.9]) AS quantiles,
        min(latency_s, 28) AS points
    FROM samples
    ANTI JOIN (FROM roster WHERE baseline) AS baselines ON samples.model = baselines.model
    WHERE measured AND outcome = 'ok' AND latency_s IS NOT NULL
    GROUP BY suite, samples.model
)
SELECT suite, model, n, CASE WHEN n >= 29 THEN quantiles END AS quantiles, CASE WHEN n < 29 THEN points END AS points
FROM spreads;
