-- Per task: did every contender answer it (quality is compared there), did every contender try it
-- (time and money are compared there, failed calls included)?
CREATE OR REPLACE TEMP TABLE support AS
WITH field AS (
    SELECT suite, count(*) FILTER (contender) AS contenders
    FROM coverage
    GROUP BY suite
),
counted AS (
    SELECT
        task,
        count(*) FILTER (contender AND ok > 0) AS answered,
        count(*) FILTER (contender AND ok + errors > 0) AS tried
    FROM tallies
    JOIN parts_of_coverage USING (model, kind)
    GROUP BY task
)
SELECT
    task,
    contenders > 0 AND answered = contenders AS answered_by_all,
    contenders > 0 AND tried = contenders AS tried_by_all
FROM tasks
JOIN counted USING (task)
JOIN field USING (suite);
