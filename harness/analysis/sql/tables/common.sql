-- One row a task: whether any contender of its field answered it, whether all did (quality is compared there), and whether
-- all tried it (time and money are compared there, failed calls included).
CREATE TABLE internal.common AS
WITH contended AS (
    SELECT field, count(*) AS contenders
    FROM coverage
    WHERE contender
    GROUP BY field
),
counted AS (
    SELECT task, field, count(*) FILTER (ok > 0) AS answered, count(*) FILTER (ok + errors > 0) AS tried
    FROM outcomes
    JOIN internal.fields USING (kind)
    SEMI JOIN (FROM coverage WHERE contender) USING (model, field)
    GROUP BY task, field
)
SELECT
    task,
    coalesce(answered > 0, false) AS answered_by_any,
    coalesce(answered = contenders, false) AS answered_by_all,
    coalesce(tried = contenders, false) AS tried_by_all
FROM tasks
LEFT JOIN counted USING (task)
LEFT JOIN contended ON contended.field = counted.field;
