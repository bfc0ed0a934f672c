-- One row a model in a table. Equal quality goes to whose edits were more precise (where tasks measure that), then to the
-- cheaper, then to the faster. Overall is the plain average over the overall suites, for models that have them all; its
-- interval combines theirs by squares. How honest a model is stands beside its overall quality, and counts for nothing.
-- Totals of others stand beside the rows of a suite, and are compared with none.
CREATE OR REPLACE TABLE standings AS
WITH averages AS (
    SELECT
        model,
        sum(n)::BIGINT AS n,
        CASE WHEN count(passed) = count(*) THEN sum(passed) END AS passed,
        avg(score) AS score,
        avg(quality) AS quality,
        greatest(0, avg(quality) - sqrt(sum((quality - low) ^ 2)) / count(*)) AS low,
        least(1, avg(quality) + sqrt(sum((high - quality) ^ 2)) / count(*)) AS high,
        bool_and(ranked) AS ranked
    FROM cells
    JOIN overall_suites ON cells.value = overall_suites.suite
    WHERE dimension = 'suite' AND n > 0
    GROUP BY model
    HAVING count(*) = (SELECT count(*) FROM overall_suites)
),
overall AS (
    SELECT
        cells.* REPLACE (
            coalesce(averages.n, 0) AS n, averages.passed AS passed, averages.score AS score,
            averages.quality AS quality, averages.low AS low, averages.high AS high,
            coalesce(averages.ranked, false) AS ranked
        ),
        cheat_rate
    FROM cells
    LEFT JOIN averages USING (model)
    LEFT JOIN (SELECT model, cheat_rate FROM honesty) USING (model)
    WHERE dimension = 'overall'
),
judged AS (
SELECT
    *, false AS total,
    CASE WHEN ranked THEN rank() OVER (
        PARTITION BY dimension, value, ranked
        ORDER BY
            round(quality, 9) DESC,
            round(precision, 9) DESC NULLS LAST,
            nine_digits(CASE measure WHEN 'pass' THEN cost_per_solved ELSE cost_per_task END) NULLS LAST,
            nine_digits(seconds_per_solved) NULLS LAST
    ) END AS rank
FROM (FROM cells WHERE dimension <> 'overall' UNION ALL BY NAME FROM overall)
LEFT JOIN effort USING (dimension, value, model)
LEFT JOIN dialogues USING (dimension, value, model)
)
FROM judged
UNION ALL BY NAME
SELECT
    'suite' AS dimension, suite AS value, totals.*, quality AS score, true AS total, false AS baseline, false AS ranked,
    'score' AS measure, 0 AS shared, 0 AS answered, 0 AS ok, 0 AS errors, 0 AS crashes, 0 AS skipped, 0 AS excluded
FROM totals;
