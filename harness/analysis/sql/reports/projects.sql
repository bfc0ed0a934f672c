-- One row a model on the projects of a suite, and way in which they were put to it: how many answers were judged, which share
-- of them passed at the first and at the last try, had edits that could be applied, and what a solved one cost.
CREATE OR REPLACE VIEW projects AS
SELECT
    suite, model, solver, count(*) AS n,
    avg(passed_first::DOUBLE) AS first_rate,
    avg(passed::DOUBLE) AS last_rate,
    avg(well_formed::DOUBLE) AS well_formed,
    avg(turns) AS turns,
    CASE WHEN count(cost_usd) = count(*) THEN sum(cost_usd) / nullif(count(*) FILTER (passed), 0) END AS usd_per_solved
FROM internal.answers_to_trees
GROUP BY suite, model, solver;
