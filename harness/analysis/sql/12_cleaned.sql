-- Rows as they are counted. Speed counts only where it was measured on a quiet machine.
CREATE OR REPLACE TEMP VIEW cleaned AS
SELECT
    suite, task_id, task_sha256, sample_id, run_id,
    epoch_us(TRY_CAST(started_at AS TIMESTAMPTZ)) AS began,
    model::model_name AS model,
    least(repeat, 62)::UTINYINT AS repeat,
    CASE
        WHEN status = 'skipped' AND results.error_type = 'excluded' THEN 'excluded'
        WHEN status = 'error' AND results.error_type = 'grader_crash' THEN 'crash'
        ELSE status
    END::ENUM ('ok', 'error', 'crash', 'skipped', 'excluded') AS outcome,
    outcome = 'ok' AS answered,
    CASE WHEN answered THEN coalesce(results.passed, false)::UTINYINT END AS passed,
    CASE WHEN answered THEN coalesce(results.score, results.passed::DOUBLE) END AS score,
    CASE WHEN timing = 'measured' AND answered THEN results.ttft_s END AS ttft_s,
    CASE WHEN timing = 'measured' AND outcome IN ('ok', 'error') THEN latency_s END AS spent_s,
    CASE WHEN timing = 'measured' AND decode_tps > 0 AND completion_tokens > 1
        THEN completion_tokens - 1 END::UINTEGER AS decode_tokens,
    decode_tokens / decode_tps AS decode_s,
    CASE WHEN spent_s IS NOT NULL AND answered THEN output_chars END::UINTEGER AS chars,
    CASE WHEN outcome IN ('ok', 'error') THEN results.cost_usd END AS cost_usd,
    results.error_type::reason AS error_type
FROM results;
