-- Who took part in which suites, and who of them is a baseline. Names become numbers (ENUM): millions of rows go
-- faster that way. Rows that were kept before make room first.
DROP TABLE IF EXISTS kept;
DROP TYPE IF EXISTS model_name;
DROP TYPE IF EXISTS reason;
DROP TYPE IF EXISTS outcome;
CREATE OR REPLACE TEMP TABLE entries AS
SELECT suite, model, bool_and(baseline) AS baseline, count(*) AS n
FROM results
GROUP BY suite, model;
CREATE TYPE model_name AS ENUM (SELECT DISTINCT model FROM entries ORDER BY model);
CREATE TYPE outcome AS ENUM ('ok', 'error', 'crash', 'skipped', 'excluded');

CREATE OR REPLACE TEMP TABLE entrants AS
SELECT model, bool_and(baseline) AS baseline
FROM entries
GROUP BY model;
