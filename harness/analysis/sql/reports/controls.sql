-- One row a model, suite and control, and one without a control for the suite's tasks: how often it was right where it could only
-- guess, and how long prompts were. Of suites with controls, in the newest versions of their tasks, baselines included.
CREATE OR REPLACE VIEW controls AS
WITH judged AS (
    SELECT
        suite, model, baseline, sample_id, task_id, task_sha256, run_id, started_at, prompt_tokens,
        coalesce(score, passed::DOUBLE) AS score,
        CASE WHEN measure = 'none' THEN json_extract_string(TRY_CAST(metrics AS JSON), '$.control') END AS control,
        measure IS NOT DISTINCT FROM 'none' AS uncounted
    FROM results
    WHERE status = 'ok' AND suite IN (SELECT DISTINCT suite FROM results WHERE measure = 'none')
),
newest AS (
    FROM judged
    WHERE control IS NOT NULL OR NOT uncounted
    QUALIFY row_number() OVER (PARTITION BY model, sample_id ORDER BY run_id DESC, started_at DESC NULLS LAST) = 1
        AND task_sha256 = last_value(task_sha256) OVER (
            PARTITION BY suite, task_id ORDER BY run_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        )
)
SELECT
    suite, model, bool_or(baseline) AS baseline, control, count(*) AS n, avg(score) AS quality,
    wilson_low(sum(score), count(*)) AS low, wilson_high(sum(score), count(*)) AS high,
    avg(prompt_tokens) AS prompt_tokens
FROM newest
WHERE suite IN (SELECT suite FROM judged WHERE control IS NOT NULL)
GROUP BY suite, model, control;
