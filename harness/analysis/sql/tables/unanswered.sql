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
nobodys AS (
    SELECT model, kind, count(*) AS tasks
    FROM outcomes
    SEMI JOIN (FROM internal.left_out WHERE reason IN ('no_time', 'too_long')) USING (model, task)
    SEMI JOIN (FROM internal.common WHERE answered_by_any) USING (task)
    WHERE ok = 0 AND skipped > 0
    GROUP BY model, kind
),
lacking AS (
    SELECT
        scope, coverage.model::VARCHAR AS model,
        sum(by_anybody.tasks - coalesce(by_kind.answered, 0) - coalesce(nobodys.tasks, 0))::BIGINT AS tasks
    FROM by_anybody
    JOIN coverage USING (field)
    LEFT JOIN internal.by_kind USING (model, kind)
    LEFT JOIN nobodys USING (model, kind)
    JOIN internal.kinds USING (kind)
    WHERE contender
    GROUP BY scope, coverage.model
)
SELECT dimension, value, model, tasks
FROM lacking
JOIN scopes USING (scope)
WHERE tasks > 0;
