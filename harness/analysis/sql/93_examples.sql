-- A few transcripts of every model in every suite: failures first, then errors, then passes. Always the same
-- ones for the same data. Long texts are cut; their whole length is kept beside them.
CREATE OR REPLACE TEMP VIEW examples AS
WITH shown AS (
    SELECT facts.*, CASE WHEN NOT answered THEN 'error' WHEN passed = 1 THEN 'passed' ELSE 'failed' END AS fate
    FROM facts
    JOIN entrants USING (model)
    WHERE NOT baseline AND outcome IN ('ok', 'error', 'crash')
),
picked AS (
    SELECT run::VARCHAR AS run_id, sample, began, fate
    FROM shown
    JOIN tasks USING (task)
    QUALIFY row_number() OVER (PARTITION BY suite, model, fate ORDER BY task, sample)
        <= CASE fate WHEN 'failed' THEN 3 ELSE 1 END
)
SELECT
    fate AS kind, suite, model, task_id, category, difficulty, results.run_id, task_sha256,
    score, error_type, latency_s, cost_usd, finish_reason,
    left(output, 4000) AS output,
    length(output) AS output_chars,
    left(error, 1000) AS error
FROM results
JOIN picked ON results.run_id = picked.run_id AND hash(sample_id) = picked.sample
WHERE epoch_us(TRY_CAST(started_at AS TIMESTAMPTZ)) IS NOT DISTINCT FROM picked.began
ORDER BY suite, model, list_position(['failed', 'error', 'passed'], fate), task_id;
