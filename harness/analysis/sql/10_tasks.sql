-- The newest version of every task, numbered, and of which kind it is. Everything below counts in numbers,
-- since millions of rows go faster that way; names come back at the end.
DROP TABLE IF EXISTS facts;
DROP TYPE IF EXISTS model_name;
DROP TYPE IF EXISTS run_name;
DROP TYPE IF EXISTS reason;
CREATE TYPE model_name AS ENUM (SELECT DISTINCT model FROM results ORDER BY model);
CREATE TYPE run_name AS ENUM (SELECT DISTINCT run_id FROM results ORDER BY run_id);
CREATE TYPE reason AS ENUM (SELECT DISTINCT error_type FROM results WHERE error_type IS NOT NULL ORDER BY error_type);

CREATE OR REPLACE TEMP TABLE tasks AS
WITH versions AS (
    SELECT
        suite, task_id, task_sha256,
        any_value(task_type) AS task_type,
        any_value(category) AS category,
        any_value(language) AS language,
        any_value(difficulty) AS difficulty,
        any_value(role) AS role,
        any_value(context_tier) AS context_tier,
        max(run_id) AS newest
    FROM results
    GROUP BY suite, task_id, task_sha256
),
current_ones AS (
    FROM versions
    QUALIFY row_number() OVER (PARTITION BY suite, task_id ORDER BY newest DESC, task_sha256 DESC) = 1
)
SELECT
    (row_number() OVER (ORDER BY suite, task_id))::UINTEGER AS task,
    (dense_rank() OVER (ORDER BY task_type, suite, category, language, difficulty, role, context_tier))::UINTEGER AS kind,
    * EXCLUDE (newest)
FROM current_ones;
