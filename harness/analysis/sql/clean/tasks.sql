-- One row a task, in the newest version that anybody was asked. Tasks of one `kind` are alike in everything that tables are
-- made by; those of one `field` are of one suite and, where they name one, of one context tier: models contend there. A
-- suite is measured by `score` where any of its tasks is, else by `pass`; what is measured by `none` is in no table. A task
-- that names no context tier is in that of its longest prompt. `versions` are all that were ever asked.
CREATE OR REPLACE TABLE tasks AS
WITH described AS (  -- rows of a version are alike as a rule: few are left of millions
    SELECT
        suite, task_id, task_sha256, task_type, category, language, difficulty, role, context_tier, measure,
        max(run_id) AS run_id, max(prompt_tokens) AS prompt_tokens
    FROM results
    WHERE measure IS DISTINCT FROM 'none'
    GROUP BY ALL
),
versions AS (
    SELECT
        suite, task_id, task_sha256,
        max(run_id) AS run_id, max(prompt_tokens) AS prompt_tokens,
        max(task_type) AS task_type, max(category) AS category, max(language) AS language,
        max(difficulty) AS difficulty, max(role) AS role, max(context_tier) AS named_tier,
        coalesce(max(measure), 'pass') AS measure
    FROM described
    GROUP BY suite, task_id, task_sha256
),
newest AS (
    SELECT suite, task_id, count(*) AS versions, max((run_id, task_sha256)) AS newest
    FROM versions
    GROUP BY suite, task_id
),
measures AS (
    SELECT suite, max(measure) AS measure FROM versions GROUP BY suite
),
labelled AS (
    SELECT
        versions.* EXCLUDE (run_id) REPLACE (measures.measure AS measure),
        coalesce(named_tier, tier_of(prompt_tokens)) AS context_tier,
        newest.versions,
        (task_type, suite, category, language, difficulty, role, context_tier, named_tier) AS labels
    FROM versions
    JOIN newest USING (suite, task_id)
    JOIN measures USING (suite)
    WHERE (run_id, task_sha256) = newest
),
alike AS (
    SELECT
        labels,
        (row_number() OVER (ORDER BY labels))::UINTEGER AS kind,
        (dense_rank() OVER (ORDER BY labels[2], labels[8]))::UINTEGER AS field
    FROM (SELECT DISTINCT labels FROM labelled)
)
SELECT (row_number() OVER (ORDER BY kind, task_id) - 1)::UINTEGER AS task, field, * EXCLUDE (labels, field)
FROM labelled
JOIN alike USING (labels);

CREATE TABLE internal.fields AS SELECT DISTINCT field, kind FROM tasks;

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
