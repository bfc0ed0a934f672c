-- Points of the distribution of these seconds for a model in every scope. Run once a $dimension: a percentile
-- needs all values of its group at once, and groups of all dimensions would need them eight times.
INSERT INTO percentiles
SELECT
    dimension, value, model::VARCHAR AS model,
    count(ttft_s) AS n_ttft,
    count(latency_s) AS n,
    quantile_cont(ttft_s, 0.5) AS ttft,
    quantile_cont(latency_s, [0.5, 0.9, 0.95]) AS latencies
FROM timed
JOIN (FROM kinds WHERE dimension = $dimension) USING (kind)
GROUP BY dimension, value, model;
