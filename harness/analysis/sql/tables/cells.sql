-- One row a model in a kind of task: the sums that its cells are made of, and whether its tasks there are compared.
CREATE TABLE internal.by_kind AS
SELECT
    model, kind, any_value(baseline) AS baseline,
    count(*) FILTER (ok > 0) AS answered,
    count(*) FILTER (ok > 0 AND (answered_by_all OR NOT compared)) AS n,
    count(*) FILTER (ok > 0 AND answered_by_all AND contender) AS shared,
    sum(pass_rate) FILTER (answered_by_all OR NOT compared) AS passed,
    sum(quality) FILTER (answered_by_all OR NOT compared) AS total,
    sum(quality ^ 2) FILTER (answered_by_all OR NOT compared) AS squares,
    sum(score) FILTER (answered_by_all OR NOT compared) AS score,
    sum(ok) AS ok, sum(errors) AS errors, sum(crashes) AS crashes, sum(skipped) AS skipped, sum(excluded) AS excluded
FROM outcomes
JOIN internal.common USING (task)
JOIN internal.fields USING (kind)
JOIN coverage USING (model, field)
GROUP BY model, kind;

-- One row a model in a table: its tasks, its samples, its quality. Compared models count on the common tasks, others on what
-- they answered. `passed` is a sum of pass rates, so a task counts once however often it was repeated; it is NULL where
-- tasks are measured by scores, whose interval is that of a mean over tasks. Ranked are contenders that answered every task
-- that all contenders answered.
CREATE OR REPLACE TABLE cells AS
WITH summed AS (
    SELECT
        scope, model::VARCHAR AS model, any_value(baseline) AS baseline,
        sum(n)::BIGINT AS n,
        sum(shared)::BIGINT AS shared,
        CASE WHEN bool_and(measure = 'pass') THEN sum(passed) END AS passed,
        sum(total) AS total,
        sum(squares) AS squares,
        sum(score) / nullif(sum(n), 0) AS score,
        sum(answered)::BIGINT AS answered,
        sum(ok)::BIGINT AS ok,
        sum(errors)::BIGINT AS errors,
        sum(crashes)::BIGINT AS crashes,
        sum(skipped)::BIGINT AS skipped,
        sum(excluded)::BIGINT AS excluded,
        sum(ok) / nullif(sum(ok) + sum(errors), 0) AS reliability
    FROM internal.by_kind
    JOIN internal.kinds USING (kind)
    GROUP BY scope, by_kind.model
)
SELECT
    dimension, value, summed.* EXCLUDE (scope, total, squares), measure,
    total / nullif(n, 0) AS quality,
    CASE measure WHEN 'pass' THEN wilson_low(passed, n) ELSE greatest(0, quality - half_of_mean(total, squares, n)) END AS low,
    CASE measure WHEN 'pass' THEN wilson_high(passed, n) ELSE least(1, quality + half_of_mean(total, squares, n)) END AS high,
    n > 0 AND n = shared AND n = common AS ranked
FROM summed
JOIN scopes USING (scope);
