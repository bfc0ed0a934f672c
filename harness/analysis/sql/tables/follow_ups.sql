-- One row a model and role (or NULL for all of them): of `asked` second changes of its own trees, which were asked after a pass,
-- those on `n` tasks were judged, and `passed` is the sum of these tasks' shares; what they took on average, lines and files
-- where they passed. Beside it the model with which it passed most of these tasks: what both passed of the `common` ones.
CREATE OR REPLACE VIEW follow_ups AS
WITH asked AS (
    SELECT model, suite, task_id, tasks.role, run_id, sample_id, started_at, follow_up_usd,
        from_json(TRY_CAST(metrics AS JSON)->'follow_up', '{
            "sha256": "VARCHAR", "passed": "BOOLEAN", "changed_lines": "DOUBLE", "changed_files": "DOUBLE",
            "prompt_tokens": "DOUBLE", "completion_tokens": "DOUBLE"
        }') AS second
    FROM results
    JOIN tasks USING (suite, task_id, task_sha256)
    WHERE passed AND status = 'ok' AND NOT baseline AND contains(metrics, '"follow_up"')
),
newest AS (
    FROM asked
    QUALIFY row_number() OVER (PARTITION BY model, sample_id ORDER BY run_id DESC, started_at DESC NULLS LAST) = 1
        AND second.sha256 = last_value(second.sha256) OVER (
            PARTITION BY suite, task_id ORDER BY run_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        )
),
averaged AS (
    SELECT
        role, model, suite, task_id, count(*) AS asked,
        avg(second.passed::DOUBLE) AS passed,
        avg(second.changed_lines) FILTER (second.passed) AS changed_lines,
        avg(second.changed_files) FILTER (second.passed) AS changed_files,
        avg(second.prompt_tokens + second.completion_tokens) FILTER (second.passed IS NOT NULL) AS tokens,
        CASE WHEN count(follow_up_usd) FILTER (second.passed IS NOT NULL) = count(second.passed)
            THEN avg(follow_up_usd) FILTER (second.passed IS NOT NULL) END AS usd
    FROM newest
    GROUP BY role, model, suite, task_id
),
own AS (
    SELECT
        role, model, sum(asked)::BIGINT AS asked, count(passed) AS n, coalesce(sum(passed), 0) AS passed,
        avg(changed_lines) AS changed_lines, avg(changed_files) AS changed_files, avg(tokens) AS tokens,
        CASE WHEN count(usd) = count(passed) THEN avg(usd) END AS usd
    FROM averaged
    GROUP BY GROUPING SETS ((role, model), (model))
),
pairs AS (
    SELECT
        one.role, one.model, other.model AS rival, count(*) AS common,
        sum(one.passed) AS common_passed, sum(other.passed) AS rival_passed
    FROM averaged AS one
    JOIN averaged AS other ON one.suite = other.suite AND one.task_id = other.task_id AND one.model <> other.model
    WHERE one.passed IS NOT NULL AND other.passed IS NOT NULL
    GROUP BY GROUPING SETS ((one.role, one.model, other.model), (one.model, other.model))
    QUALIFY row_number() OVER (PARTITION BY one.role, one.model ORDER BY count(*) DESC, other.model DESC) = 1
)
SELECT own.*, rival, coalesce(common, 0) AS common, common_passed, rival_passed
FROM own
LEFT JOIN pairs ON own.model = pairs.model AND own.role IS NOT DISTINCT FROM pairs.role;
