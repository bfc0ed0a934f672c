-- Tasks that a model answered more than once, counted by answers (n) and passes. `k` is what is usual in the
-- suite; tasks with fewer answers do not count.
CREATE OR REPLACE TEMP VIEW repeats AS
WITH several AS (
    SELECT suite, model, ok AS n, round(pass_rate * ok)::BIGINT AS passed, count(*) AS tasks
    FROM repeated
    JOIN (SELECT DISTINCT kind, suite FROM places) USING (kind)
    JOIN entrants USING (model)
    WHERE ok > 1 AND NOT baseline
    GROUP BY suite, model, ok, passed
),
of_suite AS (
    SELECT suite, n, sum(tasks) AS tasks FROM several GROUP BY suite, n
),
usual AS (
    SELECT suite, arg_max(n, (tasks, n)) AS k FROM of_suite GROUP BY suite
)
SELECT suite, model::VARCHAR AS model, k, n, passed, tasks
FROM several
JOIN usual USING (suite)
WHERE n >= k;
