-- The newest row of a sample stands, but a skip never hides an answer. Only where a model has more rows for a
-- task than repeats of it can a sample be there twice; those are read again, with their times.
CREATE OR REPLACE TEMP TABLE suspects AS
SELECT numbered.model, task
FROM numbered
SEMI JOIN crowded ON numbered.model = crowded.model AND task // 64 = block
GROUP BY numbered.model, task
HAVING bit_count(bit_or(1::UBIGINT << repeat)) < count(*);

CREATE OR REPLACE TEMP TABLE newest AS
SELECT task, kind, cleaned.* EXCLUDE (suite, task_id, task_sha256, sample_id, run_id, began)
FROM cleaned
JOIN tasks USING (suite, task_id, task_sha256)
SEMI JOIN suspects USING (model, task)
QUALIFY row_number() OVER (
    PARTITION BY model, task, sample_id ORDER BY outcome = 'skipped', run_id DESC, began DESC NULLS LAST
) = 1;

CREATE OR REPLACE TEMP VIEW facts AS
FROM numbered
ANTI JOIN suspects USING (model, task)
UNION ALL BY NAME
FROM newest;
