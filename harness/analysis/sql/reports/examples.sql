-- One row a transcript: a few of every model in every suite, failures first, then errors, then passes. Always the same ones
-- for the same data. Long texts are cut; their whole length is kept beside them. Of long dialogues the first twenty turns are
-- there and the last ten.
CREATE OR REPLACE VIEW examples AS
WITH shown AS (
    SELECT
        samples.model, suite, task * 4294967296::UBIGINT + repeat AS place,
        CASE WHEN outcome <> 'ok' THEN 'error' WHEN passed THEN 'passed' ELSE 'failed' END AS fate
    FROM samples
    ANTI JOIN (FROM roster WHERE baseline) AS baselines ON samples.model = baselines.model
    WHERE outcome IN ('ok', 'error', 'crash')
),
first_ones AS (
    SELECT model::VARCHAR AS model, suite::VARCHAR AS suite, fate, unnest(min(place, 3)) AS place
    FROM shown
    GROUP BY model, suite, fate
),
picked AS (
    SELECT model, first_ones.suite, task_id, task_sha256, place % 4294967296 AS repeat, place, fate
    FROM first_ones
    JOIN tasks ON task = place // 4294967296
    QUALIFY row_number() OVER (PARTITION BY model, first_ones.suite, fate ORDER BY place) <= CASE fate WHEN 'failed' THEN 3 ELSE 1 END
),
newest AS (
    SELECT
        results.*, picked.place, picked.fate,
        list_transform(
            json_extract(TRY_CAST(transcript AS JSON), '$[*]'),
            lambda turn: {'role': turn->>'role', 'content': left(turn->>'content', 2000), 'chars': length(turn->>'content')}
        ) AS turns,
        CASE WHEN status <> 'ok' THEN 'error' WHEN passed THEN 'passed' ELSE 'failed' END AS actual
    FROM results
    JOIN picked
        ON results.suite = picked.suite AND results.task_id = picked.task_id AND results.model = picked.model
        AND results.repeat = picked.repeat AND results.task_sha256 = picked.task_sha256
    WHERE status <> 'skipped'
    QUALIFY row_number() OVER (
        PARTITION BY picked.model, picked.place, picked.fate, sample_id
        ORDER BY run_id DESC, moment(started_at) DESC NULLS LAST
    ) = 1
)
SELECT
    fate AS kind, suite, model, task_id, category, difficulty, run_id, task_sha256,
    score, error_type, latency_s, cost_usd, finish_reason,
    left(output, 4000) AS output,
    length(output) AS output_chars,
    left(error, 1000) AS error,
    metrics,
    CASE WHEN len(turns) <= 30 THEN turns ELSE turns[:20] || turns[-10:] END AS turns,
    len(turns) AS turn_count
FROM newest
WHERE fate = actual
QUALIFY row_number() OVER (PARTITION BY model, place, fate ORDER BY sample_id) = 1
ORDER BY suite, model, list_position(['failed', 'error', 'passed'], fate), place;
