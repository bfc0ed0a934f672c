-- One row so many answers of a model to a task of a suite, so many of them passed: on how many tasks. `k` is what is usual in
-- the suite; tasks with fewer answers do not count, nor do suites that are measured by scores.
CREATE OR REPLACE VIEW repeats AS
WITH several_answers AS (
    SELECT suite, outcomes.model, ok AS n, round(pass_rate * ok)::BIGINT AS passed, count(*) AS tasks
    FROM outcomes
    ANTI JOIN (FROM roster WHERE baseline) AS baselines ON outcomes.model = baselines.model
    WHERE ok > 1 AND suite NOT IN (SELECT suite FROM internal.kinds WHERE measure = 'score')
    GROUP BY suite, outcomes.model, ok, passed
),
of_suite AS (
    SELECT suite, n, sum(tasks) AS tasks FROM several_answers GROUP BY suite, n
),
usual AS (
    SELECT suite, arg_max(n, (tasks, n)) AS k FROM of_suite GROUP BY suite
)
SELECT suite::VARCHAR AS suite, model::VARCHAR AS model, k, n, passed, tasks
FROM several_answers
JOIN usual USING (suite)
WHERE n >= k;
