-- Every suite with its best two by quality, and who leads in speed, value (dollars per solved task) and
-- reliability among the models that solve anything; NULL where nobody does.
CREATE OR REPLACE TEMP VIEW champions AS
WITH field AS (
    FROM standings
    WHERE dimension = 'suite' AND ranked AND quality > 0
),
places AS (
    SELECT *, row_number() OVER (PARTITION BY value ORDER BY rank, model) AS place
    FROM field
)
SELECT
    scopes.value AS suite,
    any_value(model) FILTER (place = 1) AS champion,
    any_value(model) FILTER (place = 2) AS runner_up,
    first(model ORDER BY nine_digits(decode_tps) DESC, place) FILTER (decode_tps IS NOT NULL) AS speed,
    first(model ORDER BY nine_digits(cost_per_solved), place) FILTER (cost_per_solved IS NOT NULL) AS value_for_money,
    first(model ORDER BY reliability DESC, place) AS reliability
FROM scopes
LEFT JOIN places USING (value)
WHERE scopes.dimension = 'suite'
GROUP BY scopes.value;
