-- Spread of measured latencies for the box plots: tenths and quarters where there are enough samples,
-- otherwise the values themselves.
CREATE OR REPLACE TEMP VIEW latency AS
SELECT
    suite, model,
    count(*) AS n,
    CASE WHEN count(*) >= 29 THEN quantile_cont(latency_s, [0.1, 0.25, 0.5, 0.75, 0.9]) END AS quantiles,
    CASE WHEN count(*) < 29 THEN list(latency_s ORDER BY latency_s) END AS points
FROM samples
WHERE NOT baseline AND latency_s IS NOT NULL
GROUP BY suite, model;
