-- Ranked models that none beats in both quality and cost a task, in every scope. Unknown cost is not cheap: such
-- models are never here.
CREATE OR REPLACE TEMP VIEW pareto AS
SELECT dimension, value, model, quality, cost_per_task
FROM standings
WHERE ranked AND cost_per_task IS NOT NULL
QUALIFY quality > coalesce(max(quality) OVER (
    PARTITION BY dimension, value ORDER BY cost_per_task, quality DESC, model
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
), -1);
