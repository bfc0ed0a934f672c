-- One row a suite that the overall table averages: those where at least half of the models are ranked.
CREATE TABLE internal.overall_suites AS
SELECT value AS suite
FROM cells
WHERE dimension = 'suite'
GROUP BY value
HAVING bool_or(ranked) AND count(*) FILTER (ranked) >= 0.5 * (
    SELECT count(DISTINCT model) FROM cells WHERE dimension = 'suite' AND ranked
);

-- One row a model and suite of which somebody gave only a total: the mean score of `n` samples that are not here. The newest
-- total stands, unless the model has samples of its own there. The interval is Wilson's: scores of 0 to 1 spread at most as
-- passes do, so for mean scores it is never too narrow.
CREATE TABLE internal.totals AS
WITH newest AS (
    SELECT model, suite, total_of AS n, score
    FROM results
    WHERE total_of > 0 AND status = 'ok'
    QUALIFY row_number() OVER (PARTITION BY model, suite ORDER BY run_id DESC, started_at DESC NULLS LAST, score DESC) = 1
)
SELECT
    model, suite, n::BIGINT AS n, score AS quality,
    wilson_low(score * n, n) AS low, wilson_high(score * n, n) AS high
FROM newest
ANTI JOIN (FROM cells WHERE dimension = 'suite') AS measured ON measured.model = newest.model AND measured.value = newest.suite
WHERE 'suite' IN (SELECT unnest($dimensions));

INSERT INTO scopes (dimension, value, offered, answered_by_any, common, suites, roles, measure)
SELECT DISTINCT 'suite', suite, 0, 0, 0, [suite], []::VARCHAR[], 'score'
FROM internal.totals
WHERE suite NOT IN (SELECT value FROM scopes WHERE dimension = 'suite');

-- One row a model in a table. Equal quality goes to whose edits were more precise (where tasks measure that), then to the
-- cheaper, then to the faster. Overall is the plain average over the overall suites, for models that have them all; its
-- interval combines theirs by squares. How honest a model is stands beside its overall quality, and counts for nothing.
-- In `frontier` are ranked models that none beats in both quality and cost a task; unknown cost is not cheap.
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
    JOIN internal.overall_suites ON cells.value = overall_suites.suite
    WHERE dimension = 'suite' AND n > 0
    GROUP BY model
    HAVING count(*) = (SELECT count(*) FROM internal.overall_suites)
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
    ) END AS rank,
    ranked AND cost_per_task IS NOT NULL AND round(quality, 9) > coalesce(max(round(quality, 9)) OVER (
        PARTITION BY dimension, value, ranked AND cost_per_task IS NOT NULL
        ORDER BY nine_digits(cost_per_task), round(quality, 9) DESC, model
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), -1) AS frontier
FROM (FROM cells WHERE dimension <> 'overall' UNION ALL BY NAME FROM overall)
LEFT JOIN effort USING (dimension, value, model)
LEFT JOIN dialogues USING (dimension, value, model)
)
FROM judged
UNION ALL BY NAME
SELECT
    'suite' AS dimension, suite AS value, totals.*, quality AS score, true AS total, false AS baseline, false AS ranked, false AS frontier,
    'score' AS measure, 0 AS shared, 0 AS answered, 0 AS ok, 0 AS errors, 0 AS crashes, 0 AS skipped, 0 AS excluded
FROM internal.totals;
