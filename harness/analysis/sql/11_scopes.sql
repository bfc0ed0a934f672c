-- Which kinds of task belong to which table: a kind is in one table of each dimension, and in the overall one.
-- Only the wanted $dimensions.
CREATE OR REPLACE TEMP TABLE kinds AS
WITH one_each AS (
    SELECT DISTINCT kind, task_type, suite, category, language, difficulty, role, context_tier
    FROM tasks
)
SELECT kind, suite, unnest(['task_type', 'suite', 'category', 'language', 'difficulty', 'role', 'context_tier', 'overall']) AS dimension,
    unnest([task_type, suite, suite || '.' || category, language, difficulty, role, context_tier, 'overall']) AS value
FROM one_each;
DELETE FROM kinds WHERE value IS NULL OR dimension NOT IN (SELECT unnest($dimensions));
