-- One row a contender in a table, where others answered tasks that it did not: how many are left out on its account.
CREATE OR REPLACE VIEW unanswered AS
WITH by_anybody AS (
    SELECT suite, kind, count(*) AS tasks
    FROM tasks
    JOIN internal.common USING (task)
    WHERE answered_by_any
    GROUP BY suite, kind
),
by_one AS (
    SELECT model, kind, count(*) FILTER (ok > 0) AS tasks
    FROM outcomes
    GROUP BY model, kind
)
SELECT dimension, value, model::VARCHAR AS model, sum(by_anybody.tasks - coalesce(by_one.tasks, 0))::BIGINT AS tasks
FROM by_anybody
JOIN coverage ON coverage.suite = by_anybody.suite
LEFT JOIN by_one USING (model, kind)
JOIN internal.kinds USING (kind)
WHERE contender
GROUP BY dimension, value, model
HAVING sum(by_anybody.tasks - coalesce(by_one.tasks, 0)) > 0;
