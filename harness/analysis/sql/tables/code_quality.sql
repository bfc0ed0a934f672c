-- One row two models, measure and role (or NULL for all of them): how each writes code on the tasks that both passed, in their
-- newest versions, on average over these `n` tasks.
CREATE OR REPLACE VIEW code_quality AS
WITH written AS (
    SELECT
        model, suite, task_id, tasks.role,
        from_json(TRY_CAST(metrics AS JSON)->'quality', '{
            "complexity_max": "DOUBLE", "longest_function": "DOUBLE", "nesting_max": "DOUBLE", "duplicate_share": "DOUBLE",
            "comment_share": "DOUBLE", "restating_comments": "DOUBLE", "lazy_comments": "DOUBLE", "undocumented": "DOUBLE"
        }') AS quality
    FROM results
    JOIN tasks USING (suite, task_id, task_sha256)
    WHERE passed AND status = 'ok' AND NOT baseline AND contains(metrics, '"quality"')
),
measured AS (
    UNPIVOT (SELECT model, suite, task_id, role, unnest(quality) FROM written)
    ON complexity_max, longest_function, nesting_max, duplicate_share, comment_share, restating_comments, lazy_comments, undocumented
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
