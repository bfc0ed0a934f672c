-- Who passed which of the common tasks. Passed or failed outright goes as bits, up to 62 tasks at a time; chunks
-- with pass rates in between (repeats) are partial: their answers count one by one.
CREATE OR REPLACE TEMP TABLE bits AS
SELECT task, (row_number() OVER (PARTITION BY kind ORDER BY task) - 1)::UINTEGER AS place, place // 62 AS chunk, place % 62 AS bit
FROM support
JOIN tasks USING (task)
WHERE answered_by_all;

CREATE OR REPLACE TEMP VIEW answers AS
SELECT model, kind, chunk, bit, pass_rate
FROM tallies
JOIN bits USING (task)
JOIN parts_of_coverage USING (model, kind)
WHERE contender;

CREATE OR REPLACE TEMP TABLE chunks AS
SELECT
    kind, chunk, model,
    count(*) AS n,
    bool_or(pass_rate NOT IN (0, 1)) AS partial,
    bit_or(CASE WHEN pass_rate = 1 THEN 1::UBIGINT << bit ELSE 0::UBIGINT END) AS passed
FROM answers
GROUP BY kind, chunk, model;

CREATE OR REPLACE TEMP TABLE partial_chunks AS
SELECT kind, chunk FROM chunks GROUP BY kind, chunk HAVING bool_or(partial);
