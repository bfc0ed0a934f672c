-- Everything that gets a table of its own: how many tasks there are and how many all contenders answered.
CREATE OR REPLACE TEMP VIEW scopes AS
SELECT
    dimension, value,
    count(*) AS offered,
    count(*) FILTER (answered_by_all) AS common,
    list(DISTINCT tasks.suite ORDER BY tasks.suite) AS suites,
    list(DISTINCT role ORDER BY role) AS roles
FROM tasks
JOIN support USING (task)
JOIN kinds ON tasks.kind = kinds.kind
GROUP BY dimension, value;
