-- One row for a model on a task, repeated or not.
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
    tasks.* EXCLUDE (task, kind, name)
FROM tallies
JOIN tasks USING (task)
JOIN entrants USING (model);
