-- How much of each suite a model answered. A contender answered at least half of what is usual there:
-- a model that answered a handful would otherwise shrink the common tasks of all others to that handful.
-- Of models that a format let go early (halving, race) only those that went as far as anybody are contenders.
-- Compared are contenders and, where there are any, baselines: only common tasks count for them.
CREATE OR REPLACE TEMP TABLE coverage AS
WITH answered AS (
    SELECT
        blocks.model, any_value(baseline) AS baseline, suite,
        sum(bit_count(passed | failed)) AS answered, sum(bit_count(tried)) AS tried, sum(dropped) AS dropped
    FROM blocks
    JOIN places USING (block)
    JOIN entrants USING (model)
    GROUP BY blocks.model, suite
),
usual AS (
    SELECT suite, median(answered) AS answered, max(tried) AS longest
    FROM answered
    WHERE NOT baseline AND answered > 0
    GROUP BY suite
)
SELECT
    model, baseline, suite,
    coalesce(
        NOT baseline AND answered.answered > 0 AND answered.answered >= usual.answered / 2
            AND (dropped = 0 OR answered.tried = longest),
        false
    ) AS contender,
    contender OR (baseline AND usual.answered IS NOT NULL) AS compared
FROM answered
LEFT JOIN usual USING (suite);

-- The same by kind of task.
CREATE OR REPLACE TEMP TABLE parts_of_coverage AS
SELECT model, kind, baseline, contender, compared
FROM coverage
JOIN (SELECT DISTINCT kind, suite FROM places) USING (suite);

-- Models that are compared with nobody there: everything they did counts.
CREATE OR REPLACE TEMP VIEW apart AS
SELECT model, kind
FROM parts_of_coverage
WHERE NOT compared;
