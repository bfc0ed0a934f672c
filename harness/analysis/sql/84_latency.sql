-- Spread of measured latencies for the box plots: tenths and quarters where there are enough samples,
-- otherwise the values themselves.
CREATE OR REPLACE TEMP VIEW latency AS
WITH spreads AS (
    SELECT
        suite, facts.model::VARCHAR AS model,
        count(*) AS n,
        quantile_cont(latency_s, [0.1, 0.25, 0.5, 0.75, 0.9]) AS quantiles,
        min(latency_s, 28) AS points
    FROM facts
    JOIN (SELECT DISTINCT kind, suite FROM places) USING (kind)
    JOIN entrants USING (model)
    WHERE NOT baseline AND measured AND outcome = 'ok' AND latency_s IS NOT NULL
    GROUP BY suite, facts.model
)
SELECT suite, model, n, CASE WHEN n >= 29 THEN quantiles END AS quantiles, CASE WHEN n < 29 THEN points END AS points
FROM spreads;
