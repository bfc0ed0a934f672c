-- One row a model that answered something in a scope and is not ranked there, beside the model that the scope's decision
-- names, on the tasks that both answered. Rates are those of the shared tasks; overall they are averages over the suites
-- that the overall table averages. Parameters: the $dimensions, $values and $models of the decisions, side by side.
WITH named AS (
    SELECT unnest($dimensions) AS dimension, unnest($values) AS value, unnest($models) AS other
),
aside AS (
    SELECT scope, dimension, value, model, other
    FROM standings
    JOIN named USING (dimension, value)
    JOIN scopes USING (dimension, value)
    WHERE NOT ranked AND NOT baseline AND answered > 0
),
two AS (
    SELECT DISTINCT model::internal.model_name AS model, other::internal.model_name AS other FROM aside
),
tried AS (
    SELECT model, kind, task, quality, ok > 0 AS answered
    FROM outcomes
    WHERE ok + errors + crashes > 0 AND model IN (SELECT model FROM two UNION SELECT other FROM two)
),
by_kind AS (
    SELECT
        own.model, other, own.kind,
        count(*) FILTER (own.answered) AS answered,
        count(*) FILTER (NOT own.answered) AS unjudged,
        count(*) FILTER (own.answered AND its.answered) AS shared,
        sum(own.quality) FILTER (own.answered AND its.answered) AS passed,
        sum(its.quality) FILTER (own.answered AND its.answered) AS other_passed,
        count(*) FILTER (own.quality > its.quality) AS wins,
        count(*) FILTER (own.quality < its.quality) AS losses
    FROM tried AS own
    JOIN two USING (model)
    LEFT JOIN tried AS its ON its.model = other AND its.task = own.task
    GROUP BY own.model, other, own.kind
),
by_suite AS (
    SELECT
        aside.dimension, aside.value, aside.model, aside.other, suite,
        sum(by_kind.answered) AS answered, sum(unjudged) AS unjudged, sum(shared) AS shared,
        sum(passed) AS passed, sum(other_passed) AS other_passed, sum(wins) AS wins, sum(losses) AS losses
    FROM aside
    JOIN internal.kinds USING (scope)
    JOIN by_kind
        ON by_kind.kind = kinds.kind AND by_kind.model::VARCHAR = aside.model AND by_kind.other::VARCHAR = aside.other
    WHERE aside.dimension <> 'overall' OR suite IN (FROM overall_suites)
    GROUP BY ALL
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
