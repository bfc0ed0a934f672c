-- What a model did in every block of 64 tasks, as bits: where it is `present`, what it was asked, tried, passed and
-- failed.
-- A task that it passed and failed was repeated. `dropped` are the rows of tasks that a format let go.
CREATE OR REPLACE TEMP MACRO blocks_of(samples) AS TABLE
SELECT
    model, task // 64 AS block, count(*) AS n,
    bit_or(1::UBIGINT << (task % 64)) AS present,
    bit_or(CASE WHEN outcome IN ('ok', 'error', 'crash') THEN 1::UBIGINT << (task % 64) ELSE 0::UBIGINT END) AS asked,
    bit_or(CASE WHEN outcome IN ('ok', 'error') THEN 1::UBIGINT << (task % 64) ELSE 0::UBIGINT END) AS tried,
    bit_or(CASE WHEN outcome = 'ok' AND passed = 1 THEN 1::UBIGINT << (task % 64) ELSE 0::UBIGINT END) AS passed,
    bit_or(CASE WHEN outcome = 'ok' AND passed = 0 THEN 1::UBIGINT << (task % 64) ELSE 0::UBIGINT END) AS failed,
    count(*) FILTER (outcome = 'skipped' AND error_type = 'dropped') AS dropped
FROM query_table(samples)
GROUP BY model, block;

CREATE OR REPLACE TEMP TABLE blocks AS
FROM blocks_of('numbered');

-- One cleaned row a sample.
CREATE OR REPLACE TEMP VIEW facts AS
FROM numbered;

-- Where a model has more rows than tasks.
CREATE OR REPLACE TEMP VIEW crowded AS
SELECT model, block
FROM blocks
WHERE bit_count(present) < n;
