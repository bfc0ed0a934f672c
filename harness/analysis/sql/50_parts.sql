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
    sum(decode_tokens) AS decode_tokens,
    sum(decode_s) AS decode_s,
    sum(chars) AS chars,
    sum(latency_s) FILTER (chars IS NOT NULL) AS writing_s,
    sum(cost_usd) AS cost,
    count(cost_usd) AS priced
FROM facts
JOIN support USING (task)
LEFT JOIN crowded ON facts.model = crowded.model AND task // 64 = block
GROUP BY ALL;
