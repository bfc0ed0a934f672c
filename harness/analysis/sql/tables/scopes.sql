-- One row a table: how many tasks it has, how many all contenders answered, of which suites and roles they are, and what
-- quality is there: a share of tasks passed, a mean score, or a mean over tasks of both kinds.
CREATE OR REPLACE TABLE scopes AS
SELECT
    dimension, value, scope,
    count(*) AS offered,
    count(*) FILTER (answered_by_all) AS common,
    list(DISTINCT tasks.suite ORDER BY tasks.suite) AS suites,
    list(DISTINCT role ORDER BY role) AS roles,
    CASE WHEN bool_and(kinds.measure = 'pass') THEN 'pass' WHEN bool_and(kinds.measure = 'score') THEN 'score' ELSE 'both' END
        AS measure
FROM tasks
JOIN internal.common USING (task)
JOIN internal.kinds USING (kind)
GROUP BY dimension, value, scope;
