-- One row for a model on a task: repeats become a pass rate.
CREATE OR REPLACE TEMP TABLE tallies AS
SELECT
    model, task,
    avg(passed) AS pass_rate,
    avg(score) AS score,
    count(*) FILTER (outcome = 'ok') AS ok,
    count(*) FILTER (outcome = 'error') AS errors,
    count(*) FILTER (outcome = 'crash') AS crashes,
    count(*) FILTER (outcome = 'skipped') AS skipped,
    count(*) FILTER (outcome = 'excluded') AS excluded
FROM facts
GROUP BY model, task;

-- The same with names.
CREATE OR REPLACE TEMP VIEW outcomes AS
SELECT tallies.* REPLACE (tallies.model::VARCHAR AS model), baseline, tasks.* EXCLUDE (task, kind)
FROM tallies
JOIN tasks USING (task)
JOIN entrants USING (model);
