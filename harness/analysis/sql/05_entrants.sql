-- Who took part, and who of them is a baseline.
CREATE OR REPLACE TEMP TABLE entrants AS
SELECT model, bool_or(baseline) AS baseline
FROM results
GROUP BY model;
