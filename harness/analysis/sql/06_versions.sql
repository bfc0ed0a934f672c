-- The versions of every task. Nearly always there is one.
CREATE OR REPLACE TEMP TABLE versions AS
SELECT suite, task_id, task_sha256, max(prompt_tokens) AS prompt_tokens
FROM results
GROUP BY suite, task_id, task_sha256;

CREATE OR REPLACE TEMP TABLE changed AS
SELECT suite, task_id
FROM versions
GROUP BY suite, task_id
HAVING count(*) > 1;

CREATE OR REPLACE TEMP TABLE outdated AS
SELECT suite, task_id, task_sha256
FROM versions
LIMIT 0;
