-- One row a row of `results` whose task is as it is now. Verdicts count only where the outcome is ok, times only where they
-- were `measured` on a quiet machine; `scored` are samples of suites that are measured by scores. The long digest is read
-- only of tasks that were changed. Models, suites and reasons are types, so that millions of rows hold a number and no name.
CREATE TYPE internal.model_name AS ENUM (SELECT model FROM roster ORDER BY model);
CREATE TYPE internal.suite_name AS ENUM (SELECT DISTINCT suite FROM tasks ORDER BY suite);
CREATE TYPE internal.reason AS ENUM (SELECT DISTINCT error_type FROM results WHERE error_type IS NOT NULL ORDER BY error_type);
CREATE TYPE internal.outcome AS ENUM ('ok', 'error', 'crash', 'skipped', 'excluded');

CREATE VIEW internal.taken AS
WITH newest AS (
    SELECT
        suite, task_id, task_sha256, versions,
        suite::internal.suite_name AS suite_name, task, kind, measure = 'score' AS scored
    FROM tasks
),
of_newest_version AS (
    SELECT results.*, suite_name, task, kind, scored
    FROM results
    JOIN (FROM newest WHERE versions = 1) USING (suite, task_id)
    UNION ALL
    SELECT results.*, suite_name, task, kind, scored
    FROM results
    JOIN (FROM newest WHERE versions > 1) USING (suite, task_id, task_sha256)
)
SELECT
    model::internal.model_name AS model, suite_name AS suite, task, kind,
    sample_id, run_id, moment(started_at) AS began, repeat::UINTEGER AS repeat,
    CASE
        WHEN status = 'ok' THEN 'ok'::internal.outcome
        WHEN status = 'skipped' AND error_type = 'excluded' THEN 'excluded'::internal.outcome
        WHEN status = 'skipped' THEN 'skipped'::internal.outcome
        WHEN error_type = 'grader_crash' THEN 'crash'::internal.outcome
        ELSE 'error'::internal.outcome
    END AS outcome,
    timing = 'measured' AS measured,
    coalesce(passed, false) AS passed,
    coalesce(score, passed::DOUBLE) AS score,
    scored,
    ttft_s, latency_s, decode_tps, completion_tokens::INTEGER AS completion_tokens, output_chars::INTEGER AS output_chars,
    cost_usd, error_type::internal.reason AS error_type
FROM of_newest_version;

-- One row a sample. Where a model has several rows for a task, the newest row of a sample stands, but a skip never hides an
-- answer: the rows of such models are read twice.
CREATE OR REPLACE TABLE samples AS
SELECT * EXCLUDE (sample_id, run_id, began)
FROM internal.taken;

CREATE TABLE internal.several AS
SELECT model
FROM samples
GROUP BY model
HAVING count(*) > bit_count(bitstring_agg(task));

DELETE FROM samples WHERE model IN (FROM internal.several);

INSERT INTO samples
SELECT * EXCLUDE (sample_id, run_id, began)
FROM internal.taken
SEMI JOIN internal.several USING (model)
QUALIFY row_number() OVER (
    PARTITION BY model, task, sample_id ORDER BY outcome = 'skipped', run_id DESC, began DESC NULLS LAST
) = 1;
