-- One row two models and a task type (NULL: all of them), on some of the tasks, always the same ones: of those that both failed by
-- their first answers, how often both gave the same wrong one (label, number, time), or failed the same tests; and how alike texts
-- are, by the share of their trigrams of characters (of the first 400) that both have. That is spelling, not meaning.
CREATE OR REPLACE VIEW likeness AS
WITH sizes AS (
    SELECT count(DISTINCT model) * count(DISTINCT model) * count(DISTINCT task_type) AS comparisons
    FROM samples
    JOIN (SELECT DISTINCT kind, task_type FROM tasks WHERE measure = 'pass') USING (kind)
),
picked AS (
    SELECT task, suite, task_id, task_sha256, task_type
    FROM tasks
    WHERE measure = 'pass'
    QUALIFY row_number() OVER (PARTITION BY task_type ORDER BY md5(suite || '/' || task_id))
        <= (SELECT greatest(5, least(60, 60000 // nullif(comparisons, 0))) FROM sizes)
),
first_ones AS (
    SELECT
        picked.task_type, task, model, passed, lower(left(output, 400)) AS text, TRY_CAST(metrics AS JSON) AS metrics
    FROM results
    JOIN picked USING (suite, task_id, task_sha256)
    WHERE status = 'ok' AND repeat = 0 AND NOT baseline
    QUALIFY row_number() OVER (PARTITION BY model, task ORDER BY run_id DESC, moment(started_at) DESC NULLS LAST) = 1
),
given AS (
    SELECT
        task_type, task, model, passed,
        coalesce(metrics->>'label', metrics->>'answer', (metrics->'tests')::VARCHAR) AS answer,
        list_distinct(list_transform(range(1, greatest(length(text) - 1, 1)), lambda i: substr(text, i, 3))) AS trigrams
    FROM first_ones
),
compared AS (
    SELECT
        task_type, a.model AS model_a, b.model AS model_b, a.answer = b.answer AS same_wrong,
        NOT a.passed AND NOT b.passed AND a.answer IS NOT NULL AND b.answer IS NOT NULL AS both_wrong,
        len(a.trigrams) + len(b.trigrams) AS trigrams, len(list_intersect(a.trigrams, b.trigrams)) AS shared
    FROM given AS a
    JOIN given AS b USING (task_type, task)
    WHERE a.model < b.model
)
SELECT
    task_type, model_a, model_b, count(*) AS n,
    count(*) FILTER (both_wrong) AS both_wrong, count(*) FILTER (both_wrong AND same_wrong) AS same_wrong,
    avg(shared / nullif(trigrams - shared, 0)) AS text_similarity
FROM compared
GROUP BY GROUPING SETS ((task_type, model_a, model_b), (model_a, model_b));
