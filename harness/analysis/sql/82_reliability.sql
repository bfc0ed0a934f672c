-- How often a model answered at all, suite by suite, and what most often went wrong.
CREATE OR REPLACE TEMP VIEW reliability AS
WITH failures AS (
    SELECT model::VARCHAR AS model, suite, error_type::VARCHAR AS error_type, count(*) AS samples
    FROM facts
    JOIN (SELECT DISTINCT kind, suite FROM places) USING (kind)
    WHERE outcome = 'error'
    GROUP BY ALL
),
usual AS (
    SELECT model, suite, arg_max(error_type, (samples, error_type)) AS usual_error
    FROM failures
    GROUP BY model, suite
)
SELECT cells.value AS suite, cells.model, reliability, ok, errors, crashes, skipped, excluded, usual_error
FROM cells
LEFT JOIN usual ON cells.model = usual.model AND cells.value = usual.suite
WHERE dimension = 'suite' AND NOT baseline;
