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
)
SELECT
    (row_number() OVER (ORDER BY suite, task_id))::UINTEGER AS task,
    (dense_rank() OVER (ORDER BY task_type, suite, category, language, difficulty, role, context_tier))::UINTEGER AS kind,
    *
FROM current_ones;

CREATE OR REPLACE TEMP TABLE outdated AS
SELECT suite, task_id, task_sha256
FROM versions
ANTI JOIN tasks USING (suite, task_id, task_sha256);
DROP TABLE versions;
