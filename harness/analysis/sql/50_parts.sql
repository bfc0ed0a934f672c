-- All samples of a model in each kind of task, summed apart by what became of them (`outcome`), by which tasks they
-- are of, and by what is known of them.
CREATE OR REPLACE TEMP TABLE parts AS
SELECT
    model, kind, outcome, answered_by_all, tried_by_all,
    measured, latency_s IS NOT NULL AS timed, output_chars IS NOT NULL AS told, cost_usd IS NOT NULL AS priced,
    coalesce(decode_tps > 0 AND completion_tokens > 1, false) AS decoded,
    count(*) AS n,
    sum(passed::DOUBLE) AS passed,
    sum(score) AS score,
    sum(latency_s) AS spent_s,
    sum((completion_tokens - 1)::DOUBLE) FILTER (decode_tps > 0) AS decode_tokens,
    sum((completion_tokens - 1) / decode_tps) FILTER (decode_tps > 0) AS decode_s,
    sum(output_chars::DOUBLE) AS chars,
    sum(cost_usd) AS cost
FROM facts
JOIN support USING (task)
GROUP BY ALL;
