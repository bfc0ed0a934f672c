-- One row a model in an overall suite, without another contender: what it did on the tasks that would be common if that one
-- had not taken part.
CREATE OR REPLACE VIEW regained AS
WITH contenders AS (
    SELECT model, suite, field
    FROM coverage
    WHERE contender AND suite IN (FROM overall_suites)
),
answers AS (
    SELECT model, suite, field, task, quality
    FROM outcomes
    JOIN internal.fields USING (kind)
    SEMI JOIN (FROM internal.common WHERE NOT answered_by_all) USING (task)
    SEMI JOIN contenders USING (model, field)
    WHERE ok > 0
),
lacking_one AS (
    SELECT task, field, list(model) AS answered
    FROM answers
    GROUP BY task, field
    HAVING count(*) = (SELECT count(*) FROM contenders WHERE contenders.field = answers.field) - 1
),
lacking AS (
    SELECT task, model AS without
    FROM lacking_one
    JOIN contenders USING (field)
    WHERE NOT list_contains(answered, model)
)
SELECT suite::VARCHAR AS suite, without::VARCHAR AS without, model::VARCHAR AS model, count(*) AS n, sum(quality) AS total
FROM answers
JOIN lacking USING (task)
GROUP BY ALL;
