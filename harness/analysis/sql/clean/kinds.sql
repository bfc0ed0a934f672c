-- One row a kind of task in each of the wanted $dimensions: the table in which it counts, by name and by number.
CREATE TABLE internal.kinds AS
WITH alike AS (
    SELECT DISTINCT kind, task_type, suite, category, language, difficulty, role, context_tier, named_tier, measure
    FROM tasks
),
scoped AS (
    SELECT
        kind, suite, measure,
        unnest(['overall', 'task_type', 'suite', 'category', 'language', 'difficulty', 'role', 'context_tier', 'tier'])
            AS dimension,
        unnest([
            'overall', task_type, suite, suite || '.' || category, language, difficulty, role, context_tier,
            task_type || '@' || named_tier
        ]) AS value
    FROM alike
)
SELECT *, (dense_rank() OVER (ORDER BY dimension, value))::USMALLINT AS scope
FROM scoped
WHERE value IS NOT NULL AND dimension IN (SELECT unnest($dimensions));
