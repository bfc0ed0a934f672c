-- One row a table: how many tasks it has, how many all contenders answered, of which suites and roles they are.
CREATE OR REPLACE TABLE scopes AS
SELECT
    dimension, value,
    count(*) AS offered,
    count(*) FILTER (answered_by_all) AS common,
    list(DISTINCT tasks.suite ORDER BY tasks.suite) AS suites,
    list(DISTINCT role ORDER BY role) AS roles
FROM tasks
JOIN internal.common USING (task)
JOIN internal.kinds USING (kind)
GROUP BY dimension, value;
