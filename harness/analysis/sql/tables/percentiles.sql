-- One row a model in a table: points of the distribution of measured seconds of its answers, on the tasks where time and money
-- are compared. Filled for $some_dimensions at a time, one where samples are many: a percentile needs all values of its group at
-- once. Empty unless $percentiles are wanted.
CREATE TABLE internal.timed AS
SELECT model, kind, ttft_s, latency_s
FROM samples
JOIN internal.common USING (task)
JOIN internal.fields USING (kind)
JOIN coverage USING (model, field)
WHERE $percentiles AND measured AND outcome = 'ok' AND (tried_by_all OR NOT compared);

CREATE TABLE internal.percentiles (
    scope USMALLINT, model internal.model_name, n_ttft BIGINT, n BIGINT, ttft DOUBLE, latencies DOUBLE[]
);

INSERT INTO internal.percentiles
SELECT
    scope, model,
    count(ttft_s) AS n_ttft,
    count(latency_s) AS n,
    quantile_cont(ttft_s, 0.5) AS ttft,
    quantile_cont(latency_s, [0.5, 0.9, 0.95]) AS latencies
FROM internal.timed
JOIN (SELECT kind, scope FROM internal.kinds WHERE list_contains($some_dimensions, dimension)) USING (kind)
GROUP BY scope, model;

DROP TABLE internal.timed;
