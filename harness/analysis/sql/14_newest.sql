-- The newest row of a sample stands, but a skip never hides an answer. Only where a model has more rows for a
-- task than repeats of it can a sample be there twice; those are read again, with their times. Blocks of 64
-- tasks, as bits, tell cheaply where to look.
CREATE OR REPLACE TEMP TABLE suspects AS
WITH crowded AS (
    SELECT model, task // 64 AS block
    FROM facts
    GROUP BY model, block
    HAVING bit_count(bit_or(1::UBIGINT << (task % 64))) < count(*)
)
SELECT model, task
FROM facts
SEMI JOIN crowded ON facts.model = crowded.model AND task // 64 = block
GROUP BY model, task
HAVING bit_count(bit_or(1::UBIGINT << repeat)) < count(*);

DELETE FROM facts USING suspects WHERE facts.model = suspects.model AND facts.task = suspects.task;

INSERT INTO facts
SELECT task, kind, cleaned.* EXCLUDE (suite, task_id, task_sha256, sample_id, run_id, began, answered, called, measured)
FROM cleaned
JOIN tasks USING (suite, task_id, task_sha256)
SEMI JOIN suspects USING (model, task)
QUALIFY row_number() OVER (
    PARTITION BY model, task, sample_id ORDER BY outcome = 'skipped', run_id DESC, began DESC NULLS LAST
) = 1;
DROP TABLE suspects;
