-- The same with the numbers of their tasks.
CREATE OR REPLACE TEMP VIEW numbered AS
SELECT task, kind, cleaned.* EXCLUDE (suite, task_id, task_sha256, sample_id, run_id, began)
FROM cleaned
JOIN (SELECT task, kind, name FROM tasks) ON name = hash(suite, task_id);
