-- What a model cost, suite by suite, on the tasks that all contenders tried; wrong answers and failed calls are
-- paid for too. NULL is unknown, never nothing.
CREATE OR REPLACE TEMP VIEW costs AS
SELECT value AS suite, model, cost_usd, cost_per_task, cost_per_solved
FROM standings
WHERE dimension = 'suite' AND NOT baseline;
