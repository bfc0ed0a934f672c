-- Per task: did every contender answer it (quality is compared there), did every contender try it
-- (time and money are compared there, failed calls included)?
CREATE OR REPLACE TEMP VIEW support AS
WITH field AS (
    SELECT suite, count(*) AS contenders
    FROM coverage
    WHERE contender
    GROUP BY suite
)
SELECT
    suite, task_id,
    count(*) FILTER (ok > 0) = any_value(contenders) AS answered_by_all,
    count(*) FILTER (ok + errors > 0) = any_value(contenders) AS tried_by_all
FROM outcomes
JOIN coverage USING (model, suite)
JOIN field USING (suite)
WHERE contender
GROUP BY suite, task_id;
