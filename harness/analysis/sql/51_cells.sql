-- Quality and reliability of a model in every scope. Compared models count on the common tasks, others on
-- what they answered. `passed` is a sum of pass rates, so a task counts once however often it was repeated.
CREATE OR REPLACE TEMP TABLE cells AS
WITH samples_of AS (
    SELECT
        model, kind,
        coalesce(sum(n) FILTER (outcome = 'ok'), 0) AS ok,
        coalesce(sum(n) FILTER (outcome = 'error'), 0) AS errors,
        coalesce(sum(n) FILTER (outcome = 'crash'), 0) AS crashes,
        coalesce(sum(n) FILTER (outcome = 'skipped'), 0) AS skipped,
        coalesce(sum(n) FILTER (outcome = 'excluded'), 0) AS excluded
    FROM parts
    GROUP BY model, kind
),
-- a task that was answered several times counts once
answers_of AS (
    SELECT model, kind, answered_by_all, n, passed, score
    FROM parts
    WHERE outcome = 'ok'
    UNION ALL
    SELECT
        model, kind, answered_by_all,
        count(*) - sum(ok), sum(pass_rate) - sum(pass_rate * ok), sum(score) - sum(score * ok)
    FROM repeated
    JOIN support USING (task)
    WHERE ok > 1
    GROUP BY ALL
),
tasks_of AS (
    SELECT
        model, kind,
        sum(n) AS answered,
        sum(n) FILTER (answered_by_all OR NOT compared) AS n,
        sum(n) FILTER (contender AND answered_by_all) AS shared,
        sum(passed) FILTER (answered_by_all OR NOT compared) AS passed,
        sum(score) FILTER (answered_by_all OR NOT compared) AS score
    FROM answers_of
    JOIN parts_of_coverage USING (model, kind)
    GROUP BY model, kind
)
SELECT
    dimension, value, model::VARCHAR AS model, any_value(baseline) AS baseline,
    coalesce(sum(n), 0)::BIGINT AS n,
    coalesce(sum(shared), 0)::BIGINT AS shared,
    sum(passed) AS passed,
    sum(score) / nullif(sum(n), 0) AS score,
    coalesce(sum(answered), 0)::BIGINT AS answered,
    sum(ok)::BIGINT AS ok,
    sum(errors)::BIGINT AS errors,
    sum(crashes)::BIGINT AS crashes,
    sum(skipped)::BIGINT AS skipped,
    sum(excluded)::BIGINT AS excluded,
    sum(ok) / nullif(sum(ok) + sum(errors), 0) AS reliability
FROM samples_of
LEFT JOIN tasks_of USING (model, kind)
JOIN entrants USING (model)
JOIN kinds USING (kind)
GROUP BY dimension, value, model;
