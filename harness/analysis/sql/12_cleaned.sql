-- Rows as they are counted. Times count only where they were `measured` on a quiet machine.
CREATE OR REPLACE TEMP VIEW cleaned AS
SELECT
    suite, task_id, task_sha256, sample_id, run_id,
    epoch_us(TRY_CAST(started_at AS TIMESTAMPTZ)) AS began,
    model::model_name AS model,
    least(repeat, 62)::UTINYINT AS repeat,
    CASE
        WHEN status = 'ok' THEN 'ok'::outcome
        WHEN status = 'skipped' AND results.error_type = 'excluded' THEN 'excluded'::outcome
        WHEN status = 'skipped' THEN 'skipped'::outcome
        WHEN results.error_type = 'grader_crash' THEN 'crash'::outcome
        ELSE 'error'::outcome
    END AS outcome,
    timing = 'measured' AS measured,
    CASE WHEN status = 'ok' THEN coalesce(results.passed, false)::UTINYINT END AS passed,
    CASE WHEN status = 'ok' THEN coalesce(results.score, results.passed::DOUBLE) END AS score,
    ttft_s, latency_s,
    CASE WHEN decode_tps > 0 AND completion_tokens > 1 THEN completion_tokens - 1 END::UINTEGER AS decode_tokens,
    decode_tokens / decode_tps AS decode_s,
    CASE WHEN latency_s IS NOT NULL THEN output_chars END::UINTEGER AS chars,
    cost_usd,
    results.error_type::reason AS error_type
FROM results;
