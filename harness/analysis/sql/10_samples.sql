-- One cleaned row a sample. A table, since everything below reads it.
-- The newest row of a sample stands, but a skip never hides an answer. Rows of older versions of a task are
-- left out: they answer another question. Speed counts only where it was measured on a quiet machine.
CREATE OR REPLACE TEMP TABLE samples AS
WITH latest AS (
    SELECT * EXCLUDE (output, error, metrics)
    FROM results
    QUALIFY row_number() OVER (
        PARTITION BY sample_id
        ORDER BY status = 'skipped' AND error_type IS DISTINCT FROM 'excluded',
                 run_id DESC, started_at DESC NULLS LAST
    ) = 1
),
current_tasks AS (
    SELECT suite, task_id, arg_max(task_sha256, run_id) AS task_sha256
    FROM latest
    GROUP BY suite, task_id
)
SELECT
    run_id, sample_id, started_at, model, baseline, suite, task_id, task_type, category, language, difficulty, role,
    CASE
        WHEN status = 'skipped' AND error_type = 'excluded' THEN 'excluded'
        WHEN status = 'error' AND error_type = 'grader_crash' THEN 'crash'
        ELSE status
    END AS outcome,
    status = 'ok' AS answered,
    CASE WHEN status = 'ok' THEN coalesce(passed, false)::INT END AS passed,
    CASE WHEN status = 'ok' THEN coalesce(score, passed::DOUBLE) END AS score,
    CASE WHEN timing = 'measured' AND status = 'ok' THEN ttft_s END AS ttft_s,
    CASE WHEN timing = 'measured' AND status = 'ok' THEN latency_s END AS latency_s,
    CASE WHEN timing = 'measured' AND outcome IN ('ok', 'error') THEN latency_s END AS spent_s,
    CASE WHEN timing = 'measured' AND decode_tps > 0 AND completion_tokens > 1
         THEN completion_tokens - 1 END AS decode_tokens,
    decode_tokens / decode_tps AS decode_s,
    CASE WHEN outcome IN ('ok', 'error') THEN cost_usd END AS cost_usd,
    error_type
FROM latest
SEMI JOIN current_tasks USING (suite, task_id, task_sha256);
