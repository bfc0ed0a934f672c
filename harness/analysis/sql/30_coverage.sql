-- One row a model in a suite: whether it contends there. A contender answered at least half of what is usual (a model
-- that answered a handful would shrink the common tasks of all others to that handful) and has at most a tenth more
-- of its tasks without a verdict, or one, than who has the fewest: errors of one do not take the others' tasks away.
-- Of models that a format let go early (halving, race) only those that went as far as anybody are contenders.
-- Compared are contenders and, where there are any, baselines: only common tasks count for them.
CREATE OR REPLACE TEMP TABLE coverage AS
WITH counted AS (
    SELECT
        blocks.model, any_value(baseline) AS baseline, suite,
        sum(bit_count(passed | failed))::BIGINT AS answered, sum(bit_count(asked))::BIGINT AS asked,
        sum(bit_count(tried)) AS tried, sum(dropped) AS dropped
    FROM blocks
    JOIN places USING (block)
    JOIN entrants USING (model)
    GROUP BY blocks.model, suite
),
usual AS (
    SELECT suite, median(answered) AS answered, max(tried) AS longest
    FROM counted
    WHERE NOT baseline AND answered > 0
    GROUP BY suite
),
candidates AS (
    SELECT
        counted.*, usual.answered IS NOT NULL AS contested,
        coalesce(
            NOT baseline AND counted.answered > 0 AND counted.answered >= usual.answered / 2
                AND (dropped = 0 OR counted.tried = longest),
            false
        ) AS went_far
    FROM counted
    LEFT JOIN usual USING (suite)
),
fewest AS (
    SELECT suite, min(1 - answered / asked) AS unjudged
    FROM candidates
    WHERE went_far
    GROUP BY suite
)
SELECT
    model, baseline, suite,
    went_far AND asked - answered <= fewest.unjudged * asked + greatest(1, asked / 10) + 1e-9 AS contender,
    contender OR (baseline AND contested) AS compared
FROM candidates
LEFT JOIN fewest USING (suite);

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
