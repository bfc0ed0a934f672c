-- One row a model in a table: points of the distribution of measured seconds of its answers, on the tasks where time and
-- money are compared. Filled for each $dimension in turn: a percentile needs all values of its group at once.
CREATE TABLE internal.percentiles (
    dimension VARCHAR, value VARCHAR, model internal.model_name, n_ttft BIGINT, n BIGINT, ttft DOUBLE, latencies DOUBLE[]
);

INSERT INTO internal.percentiles
SELECT
    dimension, value, model,
    count(ttft_s) AS n_ttft,
    count(latency_s) AS n,
    quantile_cont(ttft_s, 0.5) AS ttft,
    quantile_cont(latency_s, [0.5, 0.9, 0.95]) AS latencies
FROM samples
JOIN internal.common USING (task)
JOIN coverage USING (model, suite)
JOIN (SELECT kind, dimension, value FROM internal.kinds WHERE dimension = $dimension) USING (kind)
WHERE measured AND outcome = 'ok' AND (tried_by_all OR NOT compared)
GROUP BY dimension, value, model;
