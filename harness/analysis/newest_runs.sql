-- One row a model of $models: the newest run in which it was asked (imported answers came from no run of ours), and
-- whether other models were asked more samples in that run.
WITH newest AS (
    SELECT model, max(run_id) AS run_id
    FROM results
    WHERE model IN (SELECT unnest($models)) AND engine <> 'imported' AND status <> 'skipped'
    GROUP BY model
),
asked AS (
    SELECT run_id, model, count(*) AS tasks
    FROM results
    SEMI JOIN newest USING (run_id)
    WHERE status = 'ok'
    GROUP BY run_id, model
    UNION ALL
    SELECT run_id, model, count(DISTINCT sample_id)  -- counted apart: beside the answers it is several times slower
    FROM results
    SEMI JOIN newest USING (run_id)
    WHERE status NOT IN ('ok', 'skipped')
    GROUP BY run_id, model
),
summed AS (
    SELECT run_id, model, sum(tasks) AS tasks
    FROM asked
    GROUP BY run_id, model
)
SELECT newest.model, run_id, max(tasks) > max(tasks) FILTER (summed.model = newest.model) AS resumable
FROM newest
JOIN summed USING (run_id)
GROUP BY newest.model, run_id;
