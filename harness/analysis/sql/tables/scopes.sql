-- One row a table: how many tasks it has, how many any contender answered, how many all did, of which suites and roles they
-- are, and what quality is there: a share of tasks passed, a mean score, or a mean over tasks of both kinds.
CREATE OR REPLACE TABLE scopes AS
WITH by_kind AS (
    SELECT
        kind, any_value(suite) AS suite, any_value(role) AS role,
        count(*) AS offered,
        count(*) FILTER (answered_by_any) AS answered_by_any,
        count(*) FILTER (answered_by_all) AS common
    FROM tasks
    JOIN internal.common USING (task)
    GROUP BY kind
)
SELECT
    dimension, value, scope,
    sum(offered)::BIGINT AS offered,
    sum(by_kind.answered_by_any)::BIGINT AS answered_by_any,
    sum(common)::BIGINT AS common,
    list_sort(list_distinct(list(by_kind.suite))) AS suites,
    list_sort(list_distinct(list(role))) AS roles,
    CASE WHEN bool_and(kinds.measure = 'pass') THEN 'pass' WHEN bool_and(kinds.measure = 'score') THEN 'score' ELSE 'both' END
        AS measure
FROM by_kind
JOIN internal.kinds USING (kind)
GROUP BY dimension, value, scope;
