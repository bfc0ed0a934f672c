-- One row a model and a category of tasks whose grader counts entities, on the tasks that all compared models answered: precision,
-- recall and F1 over all entities together, a partly right one as half a right one, and F1 where it is none.
CREATE OR REPLACE VIEW extractions AS
WITH newest AS (
    SELECT
        results.suite, results.category, results.model,
        from_json(TRY_CAST(metrics AS JSON), '{
            "correct": "BIGINT", "partial": "BIGINT", "incorrect": "BIGINT", "missing": "BIGINT", "spurious": "BIGINT"
        }') AS counts
    FROM results
    JOIN tasks USING (suite, task_id, task_sha256)
    JOIN internal.common USING (task)
    JOIN coverage ON coverage.model = results.model AND coverage.field = tasks.field
    WHERE grader = 'extraction' AND status = 'ok' AND NOT coverage.baseline AND (answered_by_all OR NOT compared)
    QUALIFY row_number() OVER (
        PARTITION BY results.model, sample_id ORDER BY run_id DESC, started_at DESC NULLS LAST
    ) = 1
),
summed AS (
    SELECT
        suite, category, model, count(*) AS n,
        sum(counts.correct) AS correct,
        correct + sum(counts.partial) / 2 AS marks,
        sum(counts.correct + counts.partial + counts.incorrect + counts.missing) AS expected,
        sum(counts.correct + counts.partial + counts.incorrect + counts.spurious) AS given
    FROM newest
    GROUP BY suite, category, model
)
SELECT
    suite, category, model, n, expected::BIGINT AS entities,
    marks / nullif(given, 0) AS precision,
    marks / nullif(expected, 0) AS recall,
    2 * marks / nullif(expected + given, 0) AS f1,
    2 * correct / nullif(expected + given, 0) AS exact_f1
FROM summed
WHERE expected > 0;
