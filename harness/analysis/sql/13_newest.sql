-- The newest row of a sample stands, but a skip never hides an answer. Only where a model has more rows for a
-- task than repeats of it can a sample be there twice.
DELETE FROM facts
WHERE rowid IN (
    WITH suspects AS (
        SELECT model, task
        FROM facts
        GROUP BY model, task
        HAVING bit_count(bit_or(1::UBIGINT << repeat)) < count(*)
    )
    SELECT facts.rowid
    FROM facts
    SEMI JOIN suspects USING (model, task)
    QUALIFY row_number() OVER (PARTITION BY model, task, sample ORDER BY outcome = 'skipped', run DESC, began DESC NULLS LAST) > 1
);
