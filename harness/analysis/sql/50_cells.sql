-- Quality and reliability of a model in every scope. Compared models count on the common tasks, others on
-- what they answered. `passed` is a sum of pass rates, so a task counts once however often it was repeated.
CREATE OR REPLACE TEMP TABLE cells AS
WITH parts AS (
    SELECT
        model, kind, any_value(baseline) AS baseline,
        count(*) FILTER (counts) AS n,
        count(*) FILTER (counts AND contender) AS shared,
        sum(pass_rate) FILTER (counts) AS passed,
        sum(score) FILTER (counts) AS score,
        count(*) FILTER (ok > 0) AS answered,
        sum(ok)::BIGINT AS ok,
        sum(errors)::BIGINT AS errors,
        sum(crashes)::BIGINT AS crashes,
        sum(skipped)::BIGINT AS skipped,
        sum(excluded)::BIGINT AS excluded
    FROM (
        SELECT tallies.*, baseline, contender, ok > 0 AND (answered_by_all OR NOT compared) AS counts
        FROM tallies
        JOIN parts_of_coverage USING (model, kind)
        JOIN support USING (task)
    )
    GROUP BY model, kind
)
SELECT
    dimension, value, model::VARCHAR AS model, any_value(baseline) AS baseline,
    sum(n)::BIGINT AS n,
    sum(shared)::BIGINT AS shared,
    sum(passed) AS passed,
    sum(score) / nullif(sum(n), 0) AS score,
    sum(answered)::BIGINT AS answered,
    sum(ok)::BIGINT AS ok,
    sum(errors)::BIGINT AS errors,
    sum(crashes)::BIGINT AS crashes,
    sum(skipped)::BIGINT AS skipped,
    sum(excluded)::BIGINT AS excluded,
    sum(ok) / nullif(sum(ok) + sum(errors), 0) AS reliability
FROM parts
JOIN kinds USING (kind)
GROUP BY dimension, value, model;
