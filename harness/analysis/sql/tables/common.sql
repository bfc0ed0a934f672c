-- One row a task: whether any contender of its suite answered it, whether all did (quality is compared there), and whether
-- all tried it (time and money are compared there, failed calls included).
CREATE TABLE internal.common AS
WITH field AS (
    SELECT suite, count(*) AS contenders
    FROM coverage
    WHERE contender
    GROUP BY suite
),
counted AS (
    SELECT task, suite, count(*) FILTER (ok > 0) AS answered, count(*) FILTER (ok + errors > 0) AS tried
    FROM outcomes
    SEMI JOIN (FROM coverage WHERE contender) USING (model, suite)
    GROUP BY task, suite
)
SELECT
    task,
    coalesce(answered > 0, false) AS answered_by_any,
    coalesce(answered = contenders, false) AS answered_by_all,
    coalesce(tried = contenders, false) AS tried_by_all
FROM tasks
LEFT JOIN counted USING (task)
LEFT JOIN field ON field.suite = counted.suite;
