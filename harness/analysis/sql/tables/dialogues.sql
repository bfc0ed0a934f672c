-- One row a model in a table, of the tasks there that have a tree: which share of its answers passed at the first try, which
-- had edits that could be applied, and how many turns a task took; and which share of its edits was needed, on average over
-- the common tasks, where every task of the table measures that. Overall says nothing of it: other tasks have one turn.
CREATE OR REPLACE TABLE dialogues AS
SELECT
    dimension, value, model,
    avg(passed_first::DOUBLE) AS first_rate,
    avg(well_formed::DOUBLE) AS well_formed,
    avg(turns) AS turns,
    CASE WHEN count(DISTINCT task) FILTER (answered_by_all AND precision IS NOT NULL) = any_value(common)
        THEN avg(precision) FILTER (answered_by_all) END AS precision
FROM internal.answers_to_trees
JOIN internal.kinds USING (kind, suite)
JOIN internal.common USING (task)
JOIN scopes USING (scope, dimension, value)
WHERE dimension <> 'overall'
GROUP BY dimension, value, model;
