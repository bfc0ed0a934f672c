-- Everything that gets a table of its own: how many tasks there are and how many all contenders answered.
CREATE OR REPLACE TEMP VIEW scopes AS
WITH tasks AS (
    SELECT
        suite, task_id,
        any_value(task_type) AS task_type,
        any_value(category) AS category,
        any_value(language) AS language,
        any_value(difficulty) AS difficulty,
        any_value(role) AS role
    FROM outcomes
    GROUP BY suite, task_id
)
SELECT
    dimension_of(task_type, s, category, language, difficulty, r) AS dimension,
    value_of(task_type, s, category, language, difficulty, r) AS value,
    count(*) AS offered,
    count(*) FILTER (answered_by_all) AS common,
    list(DISTINCT suite ORDER BY suite) AS suites,
    list(DISTINCT role ORDER BY role) AS roles
FROM (SELECT *, suite AS s, role AS r FROM tasks)
LEFT JOIN support USING (suite, task_id)
GROUP BY GROUPING SETS ((task_type), (s), (s, category), (language), (difficulty), (r), ());
