-- One row a model that answered something in a scope and is not ranked there, beside the model that the scope's decision
-- names, on the tasks that both answered. Rates are those of the shared tasks; overall they are averages over the suites
-- that the overall table averages. Parameters: the $dimensions, $values and $models of the decisions, side by side.
WITH named AS (
    SELECT unnest($dimensions) AS dimension, unnest($values) AS value, unnest($models) AS other
),
aside AS (
    SELECT dimension, value, model, other
    FROM standings
    JOIN named USING (dimension, value)
    WHERE NOT ranked AND NOT baseline AND answered > 0
),
tried AS MATERIALIZED (
    SELECT model::VARCHAR AS model, suite::VARCHAR AS suite, kind, task, quality, ok > 0 AS answered
    FROM outcomes
    WHERE ok + errors + crashes > 0
        AND model::VARCHAR IN (SELECT model FROM aside UNION SELECT other FROM aside)
),
scoped AS (
    SELECT dimension, value, tried.*
    FROM tried
    JOIN (SELECT dimension, value, kind FROM internal.kinds) USING (kind)
    WHERE dimension <> 'overall' OR suite IN (FROM overall_suites)
),
by_suite AS (
    SELECT
        dimension, value, model, any_value(other) AS other, own.suite,
        count(*) FILTER (own.answered) AS answered,
        count(*) FILTER (NOT own.answered) AS unjudged,
        count(*) FILTER (own.answered AND its.answered) AS shared,
        sum(own.quality) FILTER (own.answered AND its.answered) AS passed,
        sum(its.quality) FILTER (own.answered AND its.answered) AS other_passed,
        count(*) FILTER (own.quality > its.quality) AS wins,
        count(*) FILTER (own.quality < its.quality) AS losses
    FROM aside
    JOIN scoped AS own USING (dimension, value, model)
    LEFT JOIN scoped AS its
        ON its.dimension = own.dimension AND its.value = own.value AND its.model = aside.other AND its.task = own.task
    GROUP BY dimension, value, model, own.suite
)
SELECT
    dimension, value, model, any_value(other) AS other,
    sum(answered)::BIGINT AS answered, sum(unjudged)::BIGINT AS unjudged, sum(shared)::BIGINT AS shared,
    CASE WHEN dimension = 'overall' THEN avg(passed / nullif(shared, 0)) ELSE sum(passed) / nullif(sum(shared), 0) END AS quality,
    CASE WHEN dimension = 'overall' THEN avg(other_passed / nullif(shared, 0))
        ELSE sum(other_passed) / nullif(sum(shared), 0) END AS other_quality,
    sum(wins)::BIGINT AS wins, sum(losses)::BIGINT AS losses,
    (SELECT max(run_id) FROM results WHERE results.model = by_suite.model) AS run_id
FROM by_suite
GROUP BY dimension, value, model
ORDER BY dimension, value, quality DESC NULLS LAST, model
