-- Quality with its interval in every scope but the overall one. Ranked are contenders that answered every task
-- that all contenders answered.
CREATE OR REPLACE TEMP TABLE judged AS
SELECT
    cells.*,
    passed / nullif(n, 0) AS quality,
    wilson_low(passed, n) AS low,
    wilson_high(passed, n) AS high,
    n > 0 AND n = shared AND n = common AS ranked
FROM cells
JOIN scopes USING (dimension, value)
WHERE dimension <> 'overall';
