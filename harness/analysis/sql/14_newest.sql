-- What a model answered and tried in every block of 64 tasks, as bits.
CREATE OR REPLACE TEMP MACRO blocks_of(samples) AS TABLE
SELECT
    model, task // 64 AS block, count(*) AS n,
    bit_or(1::UBIGINT << (task % 64)) AS present,
    coalesce(bit_or(1::UBIGINT << (task % 64)) FILTER (outcome = 'ok'), 0) AS answered,
    coalesce(bit_or(1::UBIGINT << (task % 64)) FILTER (outcome IN ('ok', 'error')), 0) AS tried
FROM query_table(samples)
GROUP BY model, block;

CREATE OR REPLACE TEMP TABLE blocks AS
FROM blocks_of('facts');

-- The newest row of a sample stands, but a skip never hides an answer. Only where a model has more rows for a
-- task than repeats of it can a sample be there twice; those are read again, with their times.
CREATE OR REPLACE TEMP TABLE suspects AS
SELECT facts.model, task, task // 64 AS block
FROM facts
SEMI JOIN (FROM blocks WHERE bit_count(present) < n) AS crowded ON facts.model = crowded.model AND task // 64 = block
GROUP BY facts.model, task
HAVING bit_count(bit_or(1::UBIGINT << repeat)) < count(*);

DELETE FROM facts USING suspects WHERE facts.model = suspects.model AND facts.task = suspects.task;

INSERT INTO facts
SELECT task, kind, cleaned.* EXCLUDE (suite, task_id, task_sha256, sample_id, run_id, began)
FROM cleaned
JOIN tasks USING (suite, task_id, task_sha256)
SEMI JOIN suspects USING (model, task)
QUALIFY row_number() OVER (
    PARTITION BY model, task, sample_id ORDER BY outcome = 'skipped', run_id DESC, began DESC NULLS LAST
) = 1;

DELETE FROM blocks USING suspects WHERE blocks.model = suspects.model AND blocks.block = suspects.block;

CREATE OR REPLACE TEMP VIEW mended AS
FROM facts
SEMI JOIN suspects ON facts.model = suspects.model AND facts.task // 64 = suspects.block;

INSERT INTO blocks
FROM blocks_of('mended');
