-- A few transcripts of every model in every suite: failures first, then errors, then passes. Always the same
-- ones for the same data. Long texts are cut; their whole length is kept beside them.
CREATE OR REPLACE TEMP VIEW examples AS
WITH kinds AS (
    SELECT *, CASE WHEN NOT answered THEN 'error' WHEN passed = 1 THEN 'passed' ELSE 'failed' END AS kind
    FROM samples
    WHERE NOT baseline AND outcome IN ('ok', 'error', 'crash')
),
picked AS (
    SELECT run_id, sample_id, started_at, kind
    FROM kinds
    QUALIFY row_number() OVER (PARTITION BY suite, model, kind ORDER BY task_id, sample_id)
        <= CASE kind WHEN 'failed' THEN 3 ELSE 1 END
)
SELECT
    kind, suite, model, task_id, category, difficulty, run_id, task_sha256,
    score, error_type, latency_s, cost_usd, finish_reason,
    left(output, 4000) AS output,
    length(output) AS output_chars,
    left(error, 1000) AS error
FROM results
JOIN picked USING (run_id, sample_id)
WHERE results.started_at IS NOT DISTINCT FROM picked.started_at
ORDER BY suite, model, list_position(['failed', 'error', 'passed'], kind), task_id;
