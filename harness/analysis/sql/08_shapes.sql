-- Of which kind a task is, from the rows of the model that has most of its suite.
CREATE OR REPLACE TEMP MACRO shapes_of(samples) AS TABLE
SELECT
    suite, task_id, task_sha256,
    any_value(task_type) AS task_type, any_value(category) AS category, any_value(language) AS language,
    any_value(difficulty) AS difficulty, any_value(role) AS role, any_value(context_tier) AS context_tier
FROM query_table(samples)
GROUP BY suite, task_id, task_sha256;

CREATE OR REPLACE TEMP VIEW fullest AS
FROM results
SEMI JOIN (SELECT suite, max_by(model, (n, model)) AS model FROM entries GROUP BY suite) USING (suite, model);

CREATE OR REPLACE TEMP TABLE shapes AS
FROM shapes_of('fullest');

CREATE OR REPLACE TEMP TABLE unshaped AS
SELECT suite, task_id, task_sha256
FROM versions
ANTI JOIN shapes USING (suite, task_id, task_sha256);
