-- How much of each suite a model answered. A contender answered at least half of what is usual there:
-- a model that answered a handful would otherwise shrink the common tasks of all others to that handful.
-- Of models that a format let go early (halving, race) only those that went as far as anybody are contenders.
-- Compared are contenders and, where there are any, baselines: only common tasks count for them.
CREATE OR REPLACE TEMP TABLE coverage AS
WITH answered AS (
    SELECT
        blocks.model, any_value(baseline) AS baseline, suite,
        sum(bit_count(blocks.answered)) AS answered, sum(bit_count(tried)) AS tried
    FROM blocks
    JOIN (SELECT DISTINCT task // 64 AS block, suite FROM tasks) USING (block)
    JOIN entrants USING (model)
    GROUP BY blocks.model, suite
),
usual AS (
    SELECT suite, median(answered) AS answered, max(tried) AS longest
    FROM answered
    WHERE NOT baseline AND answered > 0
    GROUP BY suite
),
let_go AS (
    SELECT DISTINCT model, suite
    FROM facts
    JOIN (SELECT DISTINCT kind, suite FROM tasks) USING (kind)
    WHERE outcome = 'skipped' AND error_type::VARCHAR = 'dropped'
)
SELECT
    model, baseline, suite,
    coalesce(
        NOT baseline AND answered.answered > 0 AND answered.answered >= usual.answered / 2
            AND (let_go.model IS NULL OR answered.tried = longest),
        false
    ) AS contender,
    contender OR (baseline AND usual.answered IS NOT NULL) AS compared
FROM answered
LEFT JOIN usual USING (suite)
LEFT JOIN let_go USING (model, suite);

-- The same by kind of task.
CREATE OR REPLACE TEMP TABLE parts_of_coverage AS
SELECT model, kind, baseline, contender, compared
FROM coverage
JOIN (SELECT DISTINCT kind, suite FROM tasks) USING (suite);

-- Models that are compared with nobody there: everything they did counts.
CREATE OR REPLACE TEMP VIEW apart AS
SELECT model, kind
FROM parts_of_coverage
WHERE NOT compared;
