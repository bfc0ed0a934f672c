-- One row a model in a suite: whether it contends there. A contender answered at least half of what is usual (a model
-- that answered a handful would shrink the common tasks of all others to that handful) and has at most a tenth more
-- of its tasks without a verdict, or one, than who has the fewest: errors of one do not take the others' tasks away.
-- Of models that a format let go early (halving, race) only those that went as far as anybody are contenders.
-- Compared are contenders and, where there are any, baselines: only common tasks count for them.
CREATE OR REPLACE TABLE coverage AS
WITH counted AS (
    SELECT
        model, suite,
        count(*) FILTER (ok > 0) AS answered,
        count(*) FILTER (ok + errors > 0) AS tried,
        count(*) FILTER (ok + errors + crashes > 0) AS asked
    FROM outcomes
    GROUP BY model, suite
),
let_go AS (
    SELECT DISTINCT model, suite
    FROM samples
    WHERE outcome = 'skipped' AND error_type::VARCHAR = 'dropped'
),
described AS (
    SELECT counted.*, baseline, let_go.model IS NOT NULL AS dropped
    FROM counted
    JOIN (SELECT model::internal.model_name AS model, baseline FROM roster) USING (model)
    LEFT JOIN let_go USING (model, suite)
),
usual AS (
    SELECT suite, median(answered) AS answered, max(tried) AS longest
    FROM described
    WHERE NOT baseline AND answered > 0
    GROUP BY suite
),
candidates AS (
    SELECT
        described.*, usual.answered IS NOT NULL AS contested,
        coalesce(
            NOT baseline AND described.answered > 0 AND described.answered >= usual.answered / 2
                AND (NOT dropped OR described.tried = longest),
            false
        ) AS went_far
    FROM described
    LEFT JOIN usual USING (suite)
),
fewest AS (
    SELECT suite, min(1 - answered / asked) AS unjudged
    FROM candidates
    WHERE went_far
    GROUP BY suite
)
SELECT
    model, suite, baseline, answered, tried, asked,
    went_far AND asked - answered <= fewest.unjudged * asked + greatest(1, asked / 10) + 1e-9 AS contender,
    contender OR (baseline AND contested) AS compared
FROM candidates
LEFT JOIN fewest USING (suite);
