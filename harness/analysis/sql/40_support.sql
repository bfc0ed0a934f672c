-- What every contender answered (quality is compared there), and what every contender tried (time and money are
-- compared there, failed calls included), as bits of the blocks.
CREATE OR REPLACE TEMP TABLE common AS
WITH field AS (
    SELECT suite, count(*) AS contenders
    FROM coverage
    WHERE contender
    GROUP BY suite
)
SELECT block, bit_and(passed | failed) AS answered, bit_and(tried) AS tried
FROM blocks
JOIN places USING (block)
JOIN field USING (suite)
JOIN coverage USING (suite, model)
WHERE contender
GROUP BY block
HAVING count(*) = any_value(contenders);

-- The same per task.
CREATE OR REPLACE TEMP TABLE support AS
SELECT
    task,
    coalesce(answered >> (task % 64) & 1, 0) = 1 AS answered_by_all,
    coalesce(tried >> (task % 64) & 1, 0) = 1 AS tried_by_all
FROM tasks
LEFT JOIN common ON task // 64 = block;
