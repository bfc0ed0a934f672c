-- All samples of a model in each kind of task, summed apart by what became of them (`outcome`), whether they were
-- timed (`measured`), and on which tasks they are. `alone` are the samples that are all a model did on their task.
CREATE OR REPLACE TEMP TABLE parts AS
SELECT
    facts.model, kind, outcome, measured, answered_by_all, tried_by_all, crowded.model IS NULL AS alone,
    count(*) AS n,
    sum(passed) AS passed,
    sum(score) AS score,
    sum(latency_s) AS spent_s,
    sum(passed) FILTER (latency_s IS NOT NULL) AS passed_in_that_time,
    sum(completion_tokens - 1) FILTER (decoded) AS decode_tokens,
    sum((completion_tokens - 1) / decode_tps) FILTER (decoded) AS decode_s,
    sum(output_chars) FILTER (latency_s IS NOT NULL) AS chars,
    sum(latency_s) FILTER (output_chars IS NOT NULL) AS writing_s,
    sum(cost_usd) AS cost,
    count(cost_usd) AS priced
FROM (SELECT *, decode_tps > 0 AND completion_tokens > 1 AS decoded FROM facts) AS facts
JOIN support USING (task)
LEFT JOIN crowded ON facts.model = crowded.model AND task // 64 = block
GROUP BY ALL;
