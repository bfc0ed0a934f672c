-- Per task: did every contender answer it (quality is compared there), did every contender try it
-- (time and money are compared there, failed calls included)? `lacking` is the one contender without an answer,
-- as its number, where there is just one: without it the task would be common.
CREATE OR REPLACE TEMP TABLE support AS
WITH field AS (
    SELECT
        suite,
        count(*) FILTER (contender) AS contenders,
        coalesce(sum(enum_code(model)) FILTER (contender), 0) AS numbers
    FROM coverage
    GROUP BY suite
),
counted AS (
    SELECT
        task,
        count(*) FILTER (contender AND ok > 0) AS answered,
        coalesce(sum(enum_code(model)) FILTER (contender AND ok > 0), 0) AS numbers,
        count(*) FILTER (contender AND ok + errors > 0) AS tried
    FROM tallies
    JOIN parts_of_coverage USING (model, kind)
    GROUP BY task
)
SELECT
    task,
    contenders > 0 AND answered = contenders AS answered_by_all,
    contenders > 0 AND tried = contenders AS tried_by_all,
    CASE WHEN answered = contenders - 1 THEN (field.numbers - counted.numbers)::INT END AS lacking
FROM tasks
JOIN counted USING (task)
JOIN field USING (suite);
