-- One row a model in a suite: what it cost on the tasks that all contenders tried; wrong answers and failed calls are paid for
-- too. NULL is unknown, never nothing.
CREATE OR REPLACE VIEW costs AS
SELECT value AS suite, model, cost_usd, cost_per_task, cost_per_solved
FROM standings
WHERE dimension = 'suite' AND NOT baseline;
