-- One row a row of `results` whose task is as it is now. Verdicts count only where the outcome is ok, times only where they
-- were `measured` on a quiet machine.
CREATE VIEW internal.taken AS
SELECT
    model::internal.model_name AS model, suite::internal.suite_name AS suite, task, kind,
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
    ttft_s, latency_s, decode_tps, completion_tokens::INTEGER AS completion_tokens, output_chars::INTEGER AS output_chars,
    cost_usd, error_type::internal.reason AS error_type
FROM results
JOIN (SELECT task, kind, suite, task_id, task_sha256 FROM tasks) USING (suite, task_id, task_sha256);
