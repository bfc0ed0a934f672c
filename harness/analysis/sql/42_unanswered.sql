-- One row a contender in a scope, where others answered tasks that it did not: how many are left out on its account.
CREATE OR REPLACE TEMP VIEW unanswered AS
WITH answered_by_any AS (
    SELECT block, kind, bit_or(passed | failed) AS bits
    FROM blocks
    JOIN places USING (block)
    JOIN parts_of_coverage USING (model, kind)
    WHERE contender
    GROUP BY block, kind
)
SELECT
    dimension, value, model::VARCHAR AS model,
    sum(bit_count(bits & ~coalesce(passed | failed, 0::UBIGINT)))::BIGINT AS tasks
FROM answered_by_any
JOIN parts_of_coverage USING (kind)
LEFT JOIN blocks USING (model, block)
JOIN kinds USING (kind)
WHERE contender
GROUP BY dimension, value, model
HAVING sum(bit_count(bits & ~coalesce(passed | failed, 0::UBIGINT))) > 0;
