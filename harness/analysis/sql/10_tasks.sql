-- The newest version of every task, numbered, and of which kind it is. Everything below counts in numbers;
-- names come back at the end. A task that names no context tier is in that of its prompt.
CREATE OR REPLACE TEMP TABLE versions AS
SELECT
    suite, task_id, task_sha256,
    any_value({
        task_type: task_type, category: category, language: language, difficulty: difficulty, role: role
    }) AS shape,
    any_value(context_tier) AS tier,
    max(prompt_tokens) AS prompt_tokens,
    max(run_id) AS newest
FROM results
GROUP BY suite, task_id, task_sha256;

CREATE OR REPLACE TEMP TABLE tasks AS
WITH current_ones AS (
    SELECT
        suite, task_id, task_sha256, unnest(shape), coalesce(tier, context_tier(prompt_tokens)) AS context_tier,
        count(*) OVER same AS versions
    FROM versions
    WINDOW same AS (PARTITION BY suite, task_id)
    QUALIFY row_number() OVER (same ORDER BY newest DESC, task_sha256 DESC) = 1
),
starts AS (
    SELECT suite, coalesce(sum(ceil(count(*) / 64)) OVER earlier, 0) AS blocks_before
    FROM current_ones
    GROUP BY suite
    WINDOW earlier AS (ORDER BY suite ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT
    (64 * blocks_before + row_number() OVER (PARTITION BY suite ORDER BY task_id) - 1)::UINTEGER AS task,
    (dense_rank() OVER (ORDER BY task_type, suite, category, language, difficulty, role, context_tier))::UINTEGER AS kind,
    hash(suite, task_id) AS name,
    current_ones.*
FROM current_ones
JOIN starts USING (suite);

-- Rows find their task by `name`: two tasks of one number (once in a billion suites) must not pass for one.
SELECT CASE WHEN count(*) > count(DISTINCT name) THEN error('two tasks share a number: rename one of them') END
FROM tasks;

CREATE OR REPLACE TEMP TABLE outdated AS
SELECT suite, task_id, task_sha256
FROM versions
ANTI JOIN tasks USING (suite, task_id, task_sha256);
DROP TABLE versions;
