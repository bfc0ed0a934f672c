-- One row two ranked models of a table; overall is the plain average of the overall suites. `error` is the standard error of
-- such an average, and of a difference of scores; NULL elsewhere. `df` are the degrees of freedom where only scores count.
CREATE OR REPLACE VIEW duels AS
SELECT
    dimension, value, model_a, model_b, n, wins, losses, ties, difference,
    CASE WHEN NOT by_passes THEN sqrt(variance / n) END AS error,
    CASE WHEN NOT by_passes THEN n - 1 END AS df
FROM pairwise
WHERE model_a < model_b
UNION ALL
SELECT
    'overall', 'overall', model_a, model_b,
    sum(n)::BIGINT, sum(wins)::BIGINT, sum(losses)::BIGINT, sum(ties)::BIGINT,
    avg(difference),
    sqrt(sum(variance / n)) / count(*),
    CASE WHEN NOT bool_or(by_passes) THEN (sum(n) - count(*))::BIGINT END
FROM pairwise
JOIN overall_suites ON value = suite
SEMI JOIN (FROM standings WHERE dimension = 'overall' AND ranked) AS a ON model_a = a.model
SEMI JOIN (FROM standings WHERE dimension = 'overall' AND ranked) AS b ON model_b = b.model
WHERE pairwise.dimension = 'suite' AND model_a < model_b
GROUP BY model_a, model_b;
