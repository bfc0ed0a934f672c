-- The same of the tasks that this model lacks.
CREATE OR REPLACE TEMP VIEW others AS
FROM results
SEMI JOIN unshaped USING (suite, task_id, task_sha256);

INSERT INTO shapes
FROM shapes_of('others');
