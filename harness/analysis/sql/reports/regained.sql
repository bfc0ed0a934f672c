-- One row a model in an overall suite, without another contender: what it did on the tasks that would be common if that one
-- had not taken part.
CREATE OR REPLACE VIEW regained AS
WITH contenders AS (
    SELECT model, suite
    FROM coverage
    WHERE contender AND suite IN (FROM overall_suites)
),
answers AS (
    SELECT model, suite, task, quality
    FROM outcomes
    SEMI JOIN (FROM internal.common WHERE NOT answered_by_all) USING (task)
    SEMI JOIN contenders USING (model, suite)
    WHERE ok > 0
),
lacking_one AS (
    SELECT task, suite, list(model) AS answered
    FROM answers
    GROUP BY task, suite
    HAVING count(*) = (SELECT count(*) FROM contenders WHERE contenders.suite = answers.suite) - 1
),
lacking AS (
    SELECT task, model AS without
    FROM lacking_one
    JOIN contenders USING (suite)
    WHERE NOT list_contains(answered, model)
)
SELECT suite::VARCHAR AS suite, without::VARCHAR AS without, model::VARCHAR AS model, count(*) AS n, sum(quality) AS total
FROM answers
JOIN lacking USING (task)
GROUP BY ALL;
