-- Measured seconds of answers to the tasks where time and money are compared.
CREATE OR REPLACE TEMP TABLE timed AS
SELECT model, kind, ttft_s, spent_s AS latency_s
FROM facts
JOIN support USING (task)
JOIN parts_of_coverage USING (model, kind)
WHERE outcome = 'ok' AND (tried_by_all OR NOT compared);
CREATE OR REPLACE TEMP TABLE percentiles (
    dimension VARCHAR, value VARCHAR, model VARCHAR, n_ttft BIGINT, n BIGINT, ttft DOUBLE, latencies DOUBLE[]
);
