-- One row two ranked models of a table; overall is the plain average of the overall suites. `error` is the standard error of
-- such an average, and of a difference of scores, with one task more decided and one not (Laplace); NULL elsewhere.
CREATE OR REPLACE VIEW duels AS
SELECT
    dimension, value, model_a, model_b, n, wins, losses, ties, difference,
    CASE WHEN NOT by_passes THEN sqrt((discordance * n + 1) / (n + 2) / n) END AS error
FROM pairwise
WHERE model_a < model_b
UNION ALL
SELECT
    'overall', 'overall', model_a, model_b,
    sum(n)::BIGINT, sum(wins)::BIGINT, sum(losses)::BIGINT, sum(ties)::BIGINT,
    avg(difference),
    sqrt(sum((discordance * n + 1) / (n + 2) / n)) / count(*)
FROM pairwise
JOIN overall_suites ON value = suite
SEMI JOIN (FROM standings WHERE dimension = 'overall' AND ranked) AS a ON model_a = a.model
SEMI JOIN (FROM standings WHERE dimension = 'overall' AND ranked) AS b ON model_b = b.model
WHERE pairwise.dimension = 'suite' AND model_a < model_b
GROUP BY model_a, model_b;
