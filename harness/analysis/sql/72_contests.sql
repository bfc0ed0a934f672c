-- The pairs that decide: the first of a table against every other one, and the overall first in every suite.
CREATE OR REPLACE TEMP VIEW contests AS
WITH leaders AS (
    SELECT dimension, value, model
    FROM standings
    WHERE rank = 1
    QUALIFY row_number() OVER (PARTITION BY dimension, value ORDER BY quality DESC, model) = 1
),
overall_leader AS (
    SELECT model FROM leaders WHERE dimension = 'overall'
)
SELECT pairwise.*
FROM pairwise
JOIN leaders USING (dimension, value)
WHERE model_a = leaders.model OR (dimension = 'suite' AND model_a IN (FROM overall_leader));
