-- One row a suite: its best two by quality, and who leads in speed, value (dollars a solved task; where scores count, a task) and
-- reliability among the models that solve anything; NULL where nobody does.
CREATE OR REPLACE VIEW champions AS
WITH solving AS (
    SELECT *, CASE measure WHEN 'pass' THEN cost_per_solved ELSE cost_per_task END AS spent_usd
    FROM standings
    WHERE dimension = 'suite' AND ranked AND quality > 0
),
numbered AS (
    SELECT *, row_number() OVER (PARTITION BY value ORDER BY rank, model) AS number
    FROM solving
)
SELECT
    scopes.value AS suite,
    any_value(model) FILTER (number = 1) AS champion,
    any_value(model) FILTER (number = 2) AS runner_up,
    first(model ORDER BY nine_digits(decode_tps) DESC, number) FILTER (decode_tps IS NOT NULL) AS speed,
    first(model ORDER BY nine_digits(spent_usd), number) FILTER (spent_usd IS NOT NULL) AS value_for_money,
    first(model ORDER BY reliability DESC, number) AS reliability
FROM scopes
LEFT JOIN numbered USING (value)
WHERE scopes.dimension = 'suite'
GROUP BY scopes.value;
