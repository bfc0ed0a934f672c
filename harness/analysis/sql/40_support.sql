-- Per task: did every contender answer it (quality is compared there), did every contender try it
-- (time and money are compared there, failed calls included)?
CREATE OR REPLACE TEMP TABLE support AS
WITH field AS (
    SELECT suite, count(*) AS contenders
    FROM coverage
    WHERE contender
    GROUP BY suite
),
places AS (
    SELECT DISTINCT task // 64 AS block, suite FROM tasks
),
shared AS (
    SELECT block, bit_and(answered) AS answered, bit_and(tried) AS tried
    FROM blocks
    JOIN places USING (block)
    JOIN field USING (suite)
    JOIN coverage USING (suite, model)
    WHERE contender
    GROUP BY block
    HAVING count(*) = any_value(contenders)
)
SELECT
    task,
    coalesce(answered >> (task % 64) & 1, 0) = 1 AS answered_by_all,
    coalesce(tried >> (task % 64) & 1, 0) = 1 AS tried_by_all
FROM tasks
LEFT JOIN shared ON task // 64 = block;
