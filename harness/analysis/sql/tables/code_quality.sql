-- One row two models, measure and role (or NULL for all of them): how each writes code on the tasks that both passed, in their
-- newest versions, on average over these `n` tasks.
CREATE OR REPLACE VIEW code_quality AS
WITH written AS (
    SELECT
        model, suite, task_id, tasks.role,
        from_json(figures->'quality', '{
            "complexity_max": "DOUBLE", "complexity_mean": "DOUBLE", "longest_function": "DOUBLE", "nesting_max": "DOUBLE",
            "duplicate_share": "DOUBLE", "comment_share": "DOUBLE", "restating_comments": "DOUBLE", "lazy_comments": "DOUBLE",
            "documented_share": "DOUBLE", "unknown_attributes": "DOUBLE", "deprecated_calls": "DOUBLE"
        }') AS quality,
        100 * TRY_CAST(figures->'lint'->>'warnings' AS DOUBLE) / nullif(TRY_CAST(figures->>'code_lines' AS DOUBLE), 0)
            AS lint_per_100_lines
    FROM (SELECT *, TRY_CAST(metrics AS JSON) AS figures FROM results)
    JOIN tasks USING (suite, task_id, task_sha256)
    WHERE passed AND status = 'ok' AND NOT baseline AND contains(metrics, '"quality"')
),
measured AS (
    UNPIVOT (SELECT model, suite, task_id, role, lint_per_100_lines, unnest(quality) FROM written)
    ON COLUMNS(* EXCLUDE (model, suite, task_id, role))
    INTO NAME measure VALUE value
),
averaged AS (
    SELECT model, suite, task_id, role, measure, avg(value) AS value
    FROM measured
    GROUP BY ALL
)
SELECT
    one.role, one.model, other.model AS rival, one.measure,
    count(*) AS n, avg(one.value) AS value, avg(other.value) AS rival_value
FROM averaged AS one
JOIN averaged AS other
    ON one.suite = other.suite AND one.task_id = other.task_id AND one.measure = other.measure AND one.model <> other.model
GROUP BY GROUPING SETS ((one.role, one.model, other.model, one.measure), (one.model, other.model, one.measure));
