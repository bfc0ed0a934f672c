-- One row a sample. Where a model has several rows for a task, the newest row of a sample stands, but a skip never hides an
-- answer: the rows of such models are read twice.
CREATE OR REPLACE TABLE samples AS
SELECT * EXCLUDE (sample_id, run_id, began)
FROM internal.taken;

CREATE TABLE internal.several AS
SELECT model
FROM samples
GROUP BY model
HAVING count(*) > bit_count(bitstring_agg(task));

DELETE FROM samples WHERE model IN (FROM internal.several);

INSERT INTO samples
SELECT * EXCLUDE (sample_id, run_id, began)
FROM internal.taken
SEMI JOIN internal.several USING (model)
QUALIFY row_number() OVER (
    PARTITION BY model, task, sample_id ORDER BY outcome = 'skipped', run_id DESC, began DESC NULLS LAST
) = 1;
