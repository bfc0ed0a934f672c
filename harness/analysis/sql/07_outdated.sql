-- All versions of a task but the newest.
INSERT INTO outdated
SELECT suite, task_id, task_sha256
FROM results
SEMI JOIN changed USING (suite, task_id)
GROUP BY suite, task_id, task_sha256
QUALIFY row_number() OVER (PARTITION BY suite, task_id ORDER BY max(run_id) DESC, task_sha256 DESC) > 1;
