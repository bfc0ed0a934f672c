-- Repeats become a pass rate.
INSERT INTO repeated
SELECT
    model, task, any_value(kind) AS kind,
    avg(passed) FILTER (outcome = 'ok') AS pass_rate,
    avg(score) FILTER (outcome = 'ok') AS score,
    count(*) FILTER (outcome = 'ok') AS ok,
    count(*) FILTER (outcome = 'error') AS errors,
    count(*) FILTER (outcome = 'crash') AS crashes,
    count(*) FILTER (outcome = 'skipped') AS skipped,
    count(*) FILTER (outcome = 'excluded') AS excluded
FROM facts
SEMI JOIN crowded ON facts.model = crowded.model AND task // 64 = block
GROUP BY model, task;
