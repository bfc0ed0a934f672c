-- One row a suite that the overall table averages: those where at least half of the models are ranked.
CREATE OR REPLACE TABLE overall_suites AS
SELECT value AS suite
FROM cells
WHERE dimension = 'suite'
GROUP BY value
HAVING bool_or(ranked) AND count(*) FILTER (ranked) >= 0.5 * (
    SELECT count(DISTINCT model) FROM cells WHERE dimension = 'suite' AND ranked
);
