-- One row a model and suite of which somebody gave only a total: the mean score of `n` samples that are not here. The newest
-- total stands, unless the model has samples of its own there. The interval is Wilson's: scores of 0 to 1 spread at most as
-- passes do, so for mean scores it is never too narrow.
CREATE OR REPLACE TABLE totals AS
WITH newest AS (
    SELECT model, suite, total_of AS n, score
    FROM results
    WHERE total_of > 0 AND status = 'ok'
    QUALIFY row_number() OVER (PARTITION BY model, suite ORDER BY run_id DESC, started_at DESC NULLS LAST, score DESC) = 1
)
SELECT
    model, suite, n::BIGINT AS n, score AS quality,
    wilson_low(score * n, n) AS low, wilson_high(score * n, n) AS high
FROM newest
ANTI JOIN (FROM cells WHERE dimension = 'suite') AS measured ON measured.model = newest.model AND measured.value = newest.suite
WHERE 'suite' IN (SELECT unnest($dimensions));

INSERT INTO scopes (dimension, value, offered, common, suites, roles, measure)
SELECT DISTINCT 'suite', suite, 0, 0, [suite], []::VARCHAR[], 'score'
FROM totals
WHERE suite NOT IN (SELECT value FROM scopes WHERE dimension = 'suite');
