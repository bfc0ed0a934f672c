-- The Wilson 95 % interval of `passed` of `n`; NULL without samples.
CREATE OR REPLACE TEMP MACRO wilson_low(passed, n, z := 1.959963984540054) AS
    CASE WHEN n > 0 THEN
        greatest(0, (passed / n + z * z / (2 * n)
            - z * sqrt(passed / n * (1 - passed / n) / n + z * z / (4 * n * n))) / (1 + z * z / n))
    END;

CREATE OR REPLACE TEMP MACRO wilson_high(passed, n, z := 1.959963984540054) AS
    CASE WHEN n > 0 THEN
        least(1, (passed / n + z * z / (2 * n)
            + z * sqrt(passed / n * (1 - passed / n) / n + z * z / (4 * n * n))) / (1 + z * z / n))
    END;

-- A percentile, or NULL when there are too few values for their maximum to bound it at 95 % confidence.
CREATE OR REPLACE TEMP MACRO supported_quantile(x, q) AS
    CASE WHEN count(x) >= ceil(ln(0.05) / ln(q)) THEN quantile_cont(x, q) END;

-- Names of the groups that GROUPING SETS ((task_type), (suite), (suite, category), (language), (difficulty),
-- (role), ()) makes: a column that is not NULL is grouped by.
CREATE OR REPLACE TEMP MACRO dimension_of(task_type, suite, category, language, difficulty, role) AS
    CASE
        WHEN task_type IS NOT NULL THEN 'task_type'
        WHEN category IS NOT NULL THEN 'category'
        WHEN suite IS NOT NULL THEN 'suite'
        WHEN language IS NOT NULL THEN 'language'
        WHEN difficulty IS NOT NULL THEN 'difficulty'
        WHEN role IS NOT NULL THEN 'role'
        ELSE 'overall'
    END;

CREATE OR REPLACE TEMP MACRO value_of(task_type, suite, category, language, difficulty, role) AS
    coalesce(task_type, suite || '.' || category, suite, language, difficulty, role, 'overall');
