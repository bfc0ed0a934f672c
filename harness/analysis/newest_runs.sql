-- One row a model of $models: the newest run in which it was asked (imported answers came from no run of ours), and
-- whether other models were asked more samples in that run.
WITH newest AS (
    SELECT model, max(run_id) AS run_id
    FROM results
    WHERE model IN (SELECT unnest($models)) AND engine <> 'imported' AND status <> 'skipped'
    GROUP BY model
),
asked AS (
    SELECT run_id, model, count(*) FILTER (status = 'ok') + count(DISTINCT sample_id) FILTER (status <> 'ok') AS tasks
    FROM results
    SEMI JOIN newest USING (run_id)
    WHERE status <> 'skipped'
    GROUP BY run_id, model
)
SELECT newest.model, run_id, max(tasks) > max(tasks) FILTER (asked.model = newest.model) AS resumable
FROM newest
JOIN asked USING (run_id)
GROUP BY newest.model, run_id;
