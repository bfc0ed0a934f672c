-- One cleaned row a sample. Rows of older versions of a task are left out: they answer another question. Tasks are
-- found by a number made of their name (`tasks` sees to it that no two share one); the long digest is read again
-- only for tasks of which there are several versions.
CREATE TEMP TABLE facts AS
SELECT task, kind, cleaned.* EXCLUDE (suite, task_id, task_sha256, sample_id, run_id, began)
FROM cleaned
JOIN (SELECT task, kind, name FROM tasks WHERE versions = 1) ON name = hash(suite, task_id);

INSERT INTO facts
SELECT task, kind, cleaned.* EXCLUDE (suite, task_id, task_sha256, sample_id, run_id, began)
FROM cleaned
JOIN (FROM tasks WHERE versions > 1) USING (suite, task_id, task_sha256);
