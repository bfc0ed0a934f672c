-- One row a model on a task: what became of its samples there, the pass rate and the mean score of its answers, and the
-- `quality` that models are compared by. `task` is a number of the table `tasks`. All that follows is made of these.
-- Where a model has one sample a task, that is the outcome: only of others are outcomes summed up, and kept.
CREATE TABLE internal.repeated AS
SELECT
    model, suite, task, any_value(kind) AS kind, any_value(scored) AS scored,
    count(*) FILTER (outcome = 'ok')::UINTEGER AS ok,
    count(*) FILTER (outcome = 'error')::UINTEGER AS errors,
    count(*) FILTER (outcome = 'crash')::UINTEGER AS crashes,
    count(*) FILTER (outcome = 'skipped')::UINTEGER AS skipped,
    count(*) FILTER (outcome = 'excluded')::UINTEGER AS excluded,
    avg(passed::DOUBLE) FILTER (outcome = 'ok') AS pass_rate,
    avg(score) FILTER (outcome = 'ok') AS score
FROM samples
SEMI JOIN internal.several USING (model)
GROUP BY model, suite, task;

CREATE OR REPLACE VIEW outcomes AS
WITH counted AS (
    SELECT
        model, suite, task, kind, scored,
        (outcome = 'ok')::UINTEGER AS ok,
        (outcome = 'error')::UINTEGER AS errors,
        (outcome = 'crash')::UINTEGER AS crashes,
        (outcome = 'skipped')::UINTEGER AS skipped,
        (outcome = 'excluded')::UINTEGER AS excluded,
        CASE WHEN outcome = 'ok' THEN passed::DOUBLE END AS pass_rate,
        CASE WHEN outcome = 'ok' THEN score END AS score
    FROM samples
    ANTI JOIN internal.several USING (model)
    UNION ALL
    FROM internal.repeated
)
SELECT *, CASE WHEN scored THEN score ELSE pass_rate END AS quality
FROM counted;
