-- One cleaned row a sample. Rows of older versions of a task are left out: they answer another question. Speed
-- counts only where it was measured on a quiet machine.
CREATE OR REPLACE TEMP TABLE facts AS
WITH named AS (
    SELECT
        *,
        CASE
            WHEN status = 'skipped' AND error_type = 'excluded' THEN 'excluded'
            WHEN status = 'error' AND error_type = 'grader_crash' THEN 'crash'
            ELSE status
        END::ENUM ('ok', 'error', 'crash', 'skipped', 'excluded') AS outcome,
        status = 'ok' AS answered,
        status IN ('ok', 'error') AND outcome <> 'crash' AS called,
        timing = 'measured' AS quiet
    FROM results
)
SELECT
    task,
    model::model_name AS model,
    hash(sample_id) AS sample,
    least(repeat, 62)::UTINYINT AS repeat,
    run_id::run_name AS run,
    epoch_us(TRY_CAST(started_at AS TIMESTAMPTZ)) AS began,
    outcome, answered,
    CASE WHEN answered THEN coalesce(passed, false)::UTINYINT END AS passed,
    CASE WHEN answered THEN coalesce(score, passed::DOUBLE) END AS score,
    CASE WHEN quiet AND answered THEN ttft_s END AS ttft_s,
    CASE WHEN quiet AND called THEN latency_s END AS spent_s,
    CASE WHEN quiet AND decode_tps > 0 AND completion_tokens > 1 THEN completion_tokens - 1 END::UINTEGER AS decode_tokens,
    decode_tokens / decode_tps AS decode_s,
    CASE WHEN called THEN cost_usd END AS cost_usd,
    error_type::reason AS error_type
FROM named
JOIN tasks USING (suite, task_id, task_sha256);
