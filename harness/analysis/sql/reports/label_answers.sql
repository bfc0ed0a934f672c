-- One row an answer to tasks whose grader reads labels, on the tasks that all compared models answered: the newest of each
-- sample, with its items (one, or all of a batch, each with the task that asks for it alone), and with the form in which it was
-- asked for. A call that failed has no items.
CREATE OR REPLACE VIEW internal.label_answers AS
WITH newest AS (
    SELECT
        results.suite, results.task_id, results.model, results.category, grader, status, cost_usd, latency_s, busy_s, timing,
        TRY_CAST(metrics AS JSON) AS figures
    FROM results
    JOIN tasks USING (suite, task_id, task_sha256)
    JOIN internal.common USING (task)
    JOIN coverage ON coverage.model = results.model AND coverage.field = tasks.field
    WHERE grader IN ('label', 'labels') AND status IN ('ok', 'error') AND NOT coverage.baseline
        AND (NOT compared OR CASE status WHEN 'ok' THEN answered_by_all ELSE tried_by_all END)
    QUALIFY row_number() OVER (
        PARTITION BY results.model, sample_id ORDER BY run_id DESC, started_at DESC NULLS LAST
    ) = 1
),
with_items AS (
    SELECT
        suite, task_id, model, status, cost_usd,
        CASE grader WHEN 'labels' THEN coalesce(nullif(figures->>'of', ''), category) ELSE category END AS label_set,
        CASE WHEN grader = 'labels' THEN 'batch' WHEN figures->>'scoring' = 'loglik' THEN 'likelihood'
            WHEN status = 'ok' THEN 'single' END AS own_form,
        list_filter(
            CASE
                WHEN status <> 'ok' THEN []
                WHEN grader = 'labels' THEN
                    from_json(figures->'items', '[{"task": "VARCHAR", "label": "VARCHAR", "expected": "VARCHAR"}]')
                ELSE [{'task': task_id, 'label': figures->>'label', 'expected': figures->>'expected'}]
            END,
            lambda item: item.expected IS NOT NULL
        ) AS items,
        CASE WHEN timing = 'measured' AND status = 'ok' THEN latency_s END AS alone_s,
        CASE WHEN status = 'ok' THEN busy_s END AS busy_s
    FROM newest
)
SELECT * EXCLUDE (own_form), coalesce(own_form, max(own_form) OVER (PARTITION BY suite, model), 'single') AS form
FROM with_items;
