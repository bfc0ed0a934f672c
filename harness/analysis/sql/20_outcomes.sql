-- One row for a model on a task: repeats become a pass rate.
CREATE OR REPLACE TEMP TABLE outcomes AS
SELECT
    model, baseline, suite, task_id,
    any_value(task_type) AS task_type,
    any_value(category) AS category,
    any_value(language) AS language,
    any_value(difficulty) AS difficulty,
    any_value(role) AS role,
    avg(passed) AS pass_rate,
    avg(score) AS score,
    count(*) FILTER (outcome = 'ok') AS ok,
    count(*) FILTER (outcome = 'error') AS errors,
    count(*) FILTER (outcome = 'crash') AS crashes,
    count(*) FILTER (outcome = 'skipped') AS skipped,
    count(*) FILTER (outcome = 'excluded') AS excluded
FROM samples
GROUP BY model, baseline, suite, task_id;
