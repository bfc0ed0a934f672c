-- The newest version of every task, numbered, and of which kind it is. Everything below counts in numbers;
-- names come back at the end. 64 numbers are a block; the tasks of a block are of one kind. A task that names no
-- context tier is in that of its prompt.
CREATE OR REPLACE TEMP TABLE tasks AS
WITH current_ones AS MATERIALIZED (
    SELECT shapes.* REPLACE (coalesce(context_tier, context_tier(prompt_tokens)) AS context_tier)
    FROM versions
    JOIN shapes USING (suite, task_id, task_sha256)
    ANTI JOIN outdated USING (suite, task_id, task_sha256)
),
sizes AS (
    SELECT task_type, suite, category, language, difficulty, role, context_tier, ceil(count(*) / 64) AS blocks
    FROM current_ones
    GROUP BY ALL
),
starts AS (
    SELECT *, (row_number() OVER known)::UINTEGER AS kind, coalesce(sum(blocks) OVER before, 0) AS blocks_before
    FROM sizes
    WINDOW
        known AS (ORDER BY task_type, suite, category, language, difficulty, role, context_tier),
        before AS (known ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT
    (64 * blocks_before + row_number() OVER (PARTITION BY kind ORDER BY task_id) - 1)::UINTEGER AS task,
    kind, hash(current_ones.suite, task_id) AS name, current_ones.*
FROM current_ones
JOIN starts
    ON current_ones.task_type IS NOT DISTINCT FROM starts.task_type AND current_ones.suite = starts.suite
    AND current_ones.category IS NOT DISTINCT FROM starts.category
    AND current_ones.language IS NOT DISTINCT FROM starts.language
    AND current_ones.difficulty IS NOT DISTINCT FROM starts.difficulty
    AND current_ones.role IS NOT DISTINCT FROM starts.role
    AND current_ones.context_tier IS NOT DISTINCT FROM starts.context_tier;

-- Rows find their task by `name`: two tasks of one number (once in a billion suites) must not pass for one.
SELECT CASE WHEN count(*) > count(DISTINCT name) THEN error('two tasks share a number: rename one of them') END
FROM tasks;

CREATE OR REPLACE TEMP TABLE places AS
SELECT DISTINCT task // 64 AS block, kind, suite
FROM tasks;
