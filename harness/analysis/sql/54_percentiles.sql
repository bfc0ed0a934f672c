-- Measured seconds of a model in every scope, as points of their distribution: one pass a dimension.
CREATE OR REPLACE TEMP TABLE timed AS
SELECT model, kind, ttft_s, spent_s AS latency_s
FROM facts
JOIN support USING (task)
JOIN coverage USING (model, suite)
WHERE answered AND (tried_by_all OR NOT compared);

CREATE OR REPLACE TEMP TABLE percentiles AS
SELECT
    dimension, value, model::VARCHAR AS model,
    count(ttft_s) AS n_ttft,
    count(latency_s) AS n,
    quantile_cont(ttft_s, 0.5) AS ttft,
    quantile_cont(latency_s, [0.5, 0.9, 0.95]) AS latencies
FROM timed
JOIN kinds USING (kind)
GROUP BY dimension, value, model;
DROP TABLE timed;
