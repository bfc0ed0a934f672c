-- Quality and reliability of a model in every scope. Compared models count on the common tasks, others on
-- what they answered. `passed` is a sum of pass rates, so a task counts once however often it was repeated.
CREATE OR REPLACE TEMP VIEW cells AS
WITH counted AS (
    SELECT outcomes.*, contender, ok > 0 AND (coalesce(answered_by_all, false) OR NOT compared) AS counts
    FROM outcomes
    JOIN coverage USING (model, suite)
    LEFT JOIN support USING (suite, task_id)
)
SELECT
    dimension_of(task_type, suite, category, language, difficulty, role) AS dimension,
    value_of(task_type, suite, category, language, difficulty, role) AS value,
    model, baseline,
    count(*) FILTER (counts) AS n,
    count(*) FILTER (counts AND contender) AS shared,
    sum(pass_rate) FILTER (counts) AS passed,
    avg(score) FILTER (counts) AS score,
    count(*) FILTER (ok > 0) AS answered,
    sum(ok)::BIGINT AS ok,
    sum(errors)::BIGINT AS errors,
    sum(crashes)::BIGINT AS crashes,
    sum(skipped)::BIGINT AS skipped,
    sum(excluded)::BIGINT AS excluded,
    sum(ok) / nullif(sum(ok) + sum(errors), 0) AS reliability
FROM counted
GROUP BY model, baseline,
    GROUPING SETS ((task_type), (suite), (suite, category), (language), (difficulty), (role), ());
