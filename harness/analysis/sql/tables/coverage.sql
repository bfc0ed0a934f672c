-- One row a model in a field (a suite, or its tasks of one named context tier): whether it contends there. A contender
-- answered at least half of what is usual (a model that answered a handful would shrink the common tasks of all others to
-- that handful) and has at most a tenth more of its tasks without a verdict, or one, than who has the fewest: errors of one,
-- or a window too small for its prompts, do not take the others' tasks away. Of prompts that are too long for it those count
-- that another model was asked: a run may have had no time for the others.
-- Of models that a format let go early (halving, race) only those that went as far as anybody are contenders.
-- Compared are contenders and, where there are any, baselines: only common tasks count for them.
CREATE TABLE internal.left_out AS
SELECT model, task, kind, error_type::VARCHAR AS reason
FROM samples
WHERE outcome = 'skipped' AND error_type::VARCHAR IN ('dropped', 'too_long', 'no_time');

CREATE OR REPLACE TABLE coverage AS
WITH by_kind AS (
    SELECT
        model, suite, kind,
        count(*) FILTER (ok > 0) AS answered,
        count(*) FILTER (ok + errors > 0) AS tried,
        count(*) FILTER (ok + errors + crashes > 0) AS asked
    FROM outcomes
    GROUP BY model, suite, kind
),
counted AS (
    SELECT
        model, suite, field,
        sum(answered)::BIGINT AS answered, sum(tried)::BIGINT AS tried, sum(asked)::BIGINT AS asked
    FROM by_kind
    JOIN internal.fields USING (kind)
    GROUP BY model, suite, field
),
put AS (
    SELECT model, task, baseline
    FROM outcomes
    SEMI JOIN (FROM internal.left_out WHERE reason = 'too_long') USING (task)
    JOIN (SELECT model::internal.model_name AS model, baseline FROM roster) USING (model)
    WHERE ok + errors + crashes > 0
),
too_long AS (
    SELECT model, field, count(DISTINCT task) AS too_long
    FROM internal.left_out
    JOIN internal.fields USING (kind)
    ANTI JOIN put USING (model, task)
    SEMI JOIN (FROM put WHERE NOT baseline) AS put_to_others USING (task)
    WHERE reason = 'too_long'
    GROUP BY model, field
),
dropped AS (
    SELECT DISTINCT model, field, true AS dropped
    FROM internal.left_out
    JOIN internal.fields USING (kind)
    WHERE reason = 'dropped'
),
described AS (
    SELECT
        counted.*, baseline, coalesce(dropped, false) AS dropped,
        asked + coalesce(too_long, 0) AS wanted
    FROM counted
    JOIN (SELECT model::internal.model_name AS model, baseline FROM roster) USING (model)
    LEFT JOIN too_long USING (model, field)
    LEFT JOIN dropped USING (model, field)
),
usual AS (
    SELECT field, median(answered) AS answered, max(tried) AS longest
    FROM described
    WHERE NOT baseline AND answered > 0
    GROUP BY field
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
    LEFT JOIN usual USING (field)
),
fewest AS (
    SELECT field, min(1 - answered / wanted) AS unjudged
    FROM candidates
    WHERE went_far
    GROUP BY field
)
SELECT
    model, suite, field, baseline, answered, tried, asked,
    went_far AND wanted - answered <= fewest.unjudged * wanted + greatest(1, wanted / 10) + 1e-9 AS contender,
    contender OR (baseline AND contested) AS compared
FROM candidates
LEFT JOIN fewest USING (field);

-- One row a task: whether any contender of its field answered it, whether all did (quality is compared there), and whether
-- all tried it (time and money are compared there, failed calls included).
CREATE TABLE internal.common AS
WITH contended AS (
    SELECT field, count(*) AS contenders
    FROM coverage
    WHERE contender
    GROUP BY field
),
counted AS (
    SELECT task, field, count(*) FILTER (ok > 0) AS answered, count(*) FILTER (ok + errors > 0) AS tried
    FROM outcomes
    JOIN internal.fields USING (kind)
    SEMI JOIN (FROM coverage WHERE contender) USING (model, field)
    GROUP BY task, field
)
SELECT
    task,
    coalesce(answered > 0, false) AS answered_by_any,
    coalesce(answered = contenders, false) AS answered_by_all,
    coalesce(tried = contenders, false) AS tried_by_all
FROM tasks
LEFT JOIN counted USING (task)
LEFT JOIN contended ON contended.field = counted.field;
