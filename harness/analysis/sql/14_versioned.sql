-- The same where there are rows of older versions of a task: they answer another question. Only for such tasks the long
-- digest is read again.
CREATE OR REPLACE TEMP VIEW numbered AS
SELECT task, kind, cleaned.* EXCLUDE (suite, task_id, task_sha256, sample_id, run_id, began)
FROM cleaned
JOIN (SELECT task, kind, name FROM tasks ANTI JOIN changed USING (suite, task_id)) ON name = hash(suite, task_id)
UNION ALL
SELECT task, kind, cleaned.* EXCLUDE (suite, task_id, task_sha256, sample_id, run_id, began)
FROM cleaned
JOIN (FROM tasks SEMI JOIN changed USING (suite, task_id)) USING (suite, task_id, task_sha256);
