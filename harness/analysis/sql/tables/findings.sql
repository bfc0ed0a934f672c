-- One row a model and suite whose tasks are reviews of code, on those that all compared models answered: precision, recall, F1
-- and F0.5 over all defects together, the share of defects whose place was named under whatever kind, and false alarms a file
-- that has no defect.
CREATE OR REPLACE VIEW findings AS
WITH newest AS (
    SELECT
        results.suite, results.model,
        from_json(TRY_CAST(metrics AS JSON), '{
            "planted": "BIGINT", "named": "BIGINT", "right": "BIGINT", "right_place": "BIGINT",
            "clean_files": "BIGINT", "false_alarms_in_clean_files": "BIGINT"
        }') AS counts
    FROM results
    JOIN tasks USING (suite, task_id, task_sha256)
    JOIN internal.common USING (task)
    JOIN coverage ON coverage.model = results.model AND coverage.field = tasks.field
    WHERE grader = 'review' AND status = 'ok' AND NOT coverage.baseline AND (answered_by_all OR NOT compared)
    QUALIFY row_number() OVER (
        PARTITION BY results.model, sample_id ORDER BY run_id DESC, started_at DESC NULLS LAST
    ) = 1
),
summed AS (
    SELECT
        suite, model, count(*) AS n,
        coalesce(sum(counts.planted), 0)::BIGINT AS defects,
        coalesce(sum(counts.named), 0)::BIGINT AS named,
        coalesce(sum(counts."right"), 0)::BIGINT AS named_rightly,
        sum(counts.right_place) / nullif(defects, 0) AS places,
        sum(counts.false_alarms_in_clean_files) / nullif(sum(counts.clean_files), 0) AS alarms_per_clean_file
    FROM newest
    GROUP BY suite, model
)
SELECT
    suite, model, n, defects, named, named_rightly,
    named_rightly / nullif(named, 0) AS precision,
    named_rightly / nullif(defects, 0) AS recall,
    2 * named_rightly / nullif(defects + named, 0) AS f1,
    1.25 * named_rightly / nullif(0.25 * defects + named, 0) AS f05,
    places, alarms_per_clean_file
FROM summed
WHERE defects > 0;
