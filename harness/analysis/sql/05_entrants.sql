-- Who took part in which runs, and who of them is a baseline. Names become numbers (ENUM): millions of rows go
-- faster that way.
DROP TABLE IF EXISTS facts;
DROP TYPE IF EXISTS model_name;
DROP TYPE IF EXISTS reason;
DROP TYPE IF EXISTS outcome;
CREATE OR REPLACE TEMP TABLE entries AS
SELECT model, run_id, bool_or(baseline) AS baseline
FROM results
GROUP BY model, run_id;
CREATE TYPE model_name AS ENUM (SELECT DISTINCT model FROM entries ORDER BY model);
CREATE TYPE outcome AS ENUM ('ok', 'error', 'crash', 'skipped', 'excluded');
CREATE TYPE reason AS ENUM (SELECT DISTINCT error_type FROM results WHERE error_type IS NOT NULL ORDER BY error_type);

CREATE OR REPLACE TEMP TABLE entrants AS
SELECT model, bool_or(baseline) AS baseline
FROM entries
GROUP BY model;
