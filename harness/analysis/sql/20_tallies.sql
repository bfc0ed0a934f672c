-- One row for a model on a task: repeats become a pass rate. Where a model has one row for a task, the row is
-- the tally; only the others (found by their blocks) have to be grouped.
CREATE OR REPLACE TEMP TABLE crowded AS
SELECT model, block
FROM blocks
WHERE bit_count(present) < n;

CREATE OR REPLACE TEMP TABLE repeated AS
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

CREATE OR REPLACE TEMP VIEW tallies AS
SELECT
    model, task, kind,
    CASE WHEN outcome = 'ok' THEN passed END::DOUBLE AS pass_rate,
    CASE WHEN outcome = 'ok' THEN score END AS score,
    (outcome = 'ok')::BIGINT AS ok,
    (outcome = 'error')::BIGINT AS errors,
    (outcome = 'crash')::BIGINT AS crashes,
    (outcome = 'skipped')::BIGINT AS skipped,
    (outcome = 'excluded')::BIGINT AS excluded
FROM facts
ANTI JOIN crowded ON facts.model = crowded.model AND task // 64 = block
UNION ALL BY NAME
FROM repeated;

-- The same with names.
CREATE OR REPLACE TEMP VIEW outcomes AS
SELECT
    tallies.* EXCLUDE (task, kind) REPLACE (tallies.model::VARCHAR AS model), baseline,
    tasks.* EXCLUDE (task, kind, name, versions)
FROM tallies
JOIN tasks USING (task)
JOIN entrants USING (model);
