-- One row a contender in a table, where others answered tasks that it did not: how many are left out on its account.
-- Tasks that a run had no time for, or that are too long for a window, are on nobody's.
CREATE OR REPLACE VIEW unanswered AS
WITH by_anybody AS (
    SELECT field, kind, count(*) AS tasks
    FROM tasks
    JOIN internal.common USING (task)
    WHERE answered_by_any
    GROUP BY field, kind
),
by_one AS (
    SELECT model, kind, count(*) FILTER (ok > 0 OR nobodys) AS tasks
    FROM outcomes
    LEFT JOIN (
        SELECT DISTINCT model, task, true AS nobodys
        FROM samples
        WHERE outcome = 'skipped' AND error_type::VARCHAR IN ('no_time', 'too_long')
    ) USING (model, task)
    SEMI JOIN (FROM internal.common WHERE answered_by_any) USING (task)
    GROUP BY model, kind
)
SELECT dimension, value, model::VARCHAR AS model, sum(by_anybody.tasks - coalesce(by_one.tasks, 0))::BIGINT AS tasks
FROM by_anybody
JOIN coverage ON coverage.field = by_anybody.field
LEFT JOIN by_one USING (model, kind)
JOIN internal.kinds USING (kind)
WHERE contender
GROUP BY dimension, value, model
HAVING sum(by_anybody.tasks - coalesce(by_one.tasks, 0)) > 0;
