-- One row a ranked model that none beats in both quality and cost a task, in every table. Unknown cost is not cheap: such
-- models are never here.
CREATE OR REPLACE VIEW pareto AS
SELECT dimension, value, model, quality, cost_per_task
FROM standings
WHERE ranked AND cost_per_task IS NOT NULL
QUALIFY round(quality, 9) > coalesce(max(round(quality, 9)) OVER (
    PARTITION BY dimension, value ORDER BY nine_digits(cost_per_task), round(quality, 9) DESC, model
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
), -1);
