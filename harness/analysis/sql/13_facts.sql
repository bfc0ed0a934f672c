-- One cleaned row a sample. Rows of older versions of a task are left out: they answer another question. The
-- long digest is read again only for tasks of which there are several versions.
CREATE TEMP TABLE facts AS
SELECT task, kind, cleaned.* EXCLUDE (suite, task_id, task_sha256, sample_id, run_id, began, answered, called, measured)
FROM cleaned
JOIN (FROM tasks WHERE versions = 1) USING (suite, task_id);

INSERT INTO facts
SELECT task, kind, cleaned.* EXCLUDE (suite, task_id, task_sha256, sample_id, run_id, began, answered, called, measured)
FROM cleaned
JOIN (FROM tasks WHERE versions > 1) USING (suite, task_id, task_sha256);
