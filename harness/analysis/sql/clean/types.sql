-- Names that stand in millions of rows, as numbers that read like names.
CREATE TYPE internal.model_name AS ENUM (SELECT model FROM roster ORDER BY model);
CREATE TYPE internal.suite_name AS ENUM (SELECT DISTINCT suite FROM tasks ORDER BY suite);
CREATE TYPE internal.reason AS ENUM (SELECT DISTINCT error_type FROM results WHERE error_type IS NOT NULL ORDER BY error_type);
CREATE TYPE internal.outcome AS ENUM ('ok', 'error', 'crash', 'skipped', 'excluded');
