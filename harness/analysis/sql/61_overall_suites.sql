-- The suites that the overall table averages: those where at least half of the models are ranked.
CREATE OR REPLACE TEMP VIEW overall_suites AS
SELECT value AS suite
FROM judged
WHERE dimension = 'suite'
GROUP BY value
HAVING bool_or(ranked) AND count(*) FILTER (ranked) >= 0.5 * (
    SELECT count(DISTINCT model) FROM judged WHERE dimension = 'suite' AND ranked
);
