-- Rows as they are counted. Verdicts count only where the outcome is ok, times only where they were `measured` on a
-- quiet machine.
CREATE OR REPLACE TEMP VIEW cleaned AS
SELECT
    suite, task_id, task_sha256, sample_id, run_id,
    moment(started_at) AS began,
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
    coalesce(results.passed, false)::UTINYINT AS passed,
    coalesce(results.score, results.passed::DOUBLE) AS score,
    ttft_s, latency_s,
    decode_tps, completion_tokens, output_chars, cost_usd,
    results.error_type AS error_type
FROM results;
