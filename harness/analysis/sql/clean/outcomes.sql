-- One row a model on a task: what became of its samples there, the pass rate and the mean score of its answers, and the
-- `quality` that models are compared by. `task` is a number of the table `tasks`. All that follows is made of these.
CREATE OR REPLACE TABLE outcomes AS
WITH counted AS (
    SELECT
        model, suite, task, kind,
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
    SELECT
        model, suite, task, any_value(kind),
        count(*) FILTER (outcome = 'ok'),
        count(*) FILTER (outcome = 'error'),
        count(*) FILTER (outcome = 'crash'),
        count(*) FILTER (outcome = 'skipped'),
        count(*) FILTER (outcome = 'excluded'),
        avg(passed::DOUBLE) FILTER (outcome = 'ok'),
        avg(score) FILTER (outcome = 'ok')
    FROM samples
    SEMI JOIN internal.several USING (model)
    GROUP BY model, suite, task
)
SELECT
    *, CASE WHEN suite IN (SELECT DISTINCT suite::internal.suite_name FROM tasks WHERE measure = 'score')
        THEN score ELSE pass_rate END AS quality
FROM counted;
