-- Tasks of the overall suites that would be common if one contender had not taken part: what the others did there.
CREATE OR REPLACE TEMP VIEW regained AS
WITH rivals AS (
    SELECT suite, count(*) AS contenders, sum(enum_code(model)) AS numbers
    FROM coverage
    SEMI JOIN overall_suites USING (suite)
    WHERE contender
    GROUP BY suite
),
answers_of AS (
    SELECT suite, task, tallies.model, pass_rate
    FROM tallies
    JOIN (FROM support WHERE NOT answered_by_all) USING (task)
    JOIN parts_of_coverage USING (model, kind)
    JOIN (SELECT DISTINCT kind, suite FROM places) USING (kind)
    WHERE contender AND ok > 0
),
-- the one contender without an answer is the number that is missing from the sum of all
lacking AS (
    SELECT task, (any_value(numbers) - sum(enum_code(model)))::INT AS missing
    FROM answers_of
    JOIN rivals USING (suite)
    GROUP BY task
    HAVING count(*) = any_value(contenders) - 1
)
SELECT
    suite, enum_range(NULL::model_name)[missing + 1]::VARCHAR AS without, model::VARCHAR AS model,
    count(*) AS n, sum(pass_rate) AS passed
FROM answers_of
JOIN lacking USING (task)
GROUP BY ALL;
