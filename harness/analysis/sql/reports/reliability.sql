-- One row a model in a suite: how often it answered at all, and what most often went wrong.
CREATE OR REPLACE VIEW reliability AS
WITH failures AS (
    SELECT model::VARCHAR AS model, suite::VARCHAR AS suite, error_type::VARCHAR AS error_type, count(*) AS samples
    FROM samples
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
