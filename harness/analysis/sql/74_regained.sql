-- Tasks of the overall suites that would be common if one contender had not taken part: what the others did there.
CREATE OR REPLACE TEMP VIEW regained AS
SELECT
    suite, enum_range(NULL::model_name)[lacking + 1]::VARCHAR AS without, tallies.model::VARCHAR AS model,
    count(*) AS n, sum(pass_rate) AS passed
FROM tallies
JOIN (FROM support WHERE lacking IS NOT NULL) USING (task)
JOIN parts_of_coverage USING (model, kind)
JOIN (SELECT DISTINCT kind, suite FROM tasks) USING (kind)
SEMI JOIN overall_suites USING (suite)
WHERE contender AND ok > 0
GROUP BY ALL;
