-- Who passed which of the common tasks. A task that every contender passed or failed outright is clear, and goes as
-- a bit; the others (repeats) count one by one.
CREATE OR REPLACE TEMP TABLE clear AS
WITH contending AS (
    SELECT block, kind, model, common.answered, passed, passed & failed & common.answered AS mixed
    FROM blocks
    JOIN common USING (block)
    JOIN places USING (block)
    JOIN parts_of_coverage USING (model, kind)
    WHERE contender AND common.answered > 0
),
unclear AS (
    SELECT block, bit_or(mixed) AS mixed
    FROM contending
    GROUP BY block
)
SELECT block, kind, model, answered & ~unclear.mixed AS tasks, passed & tasks AS passed
FROM contending
JOIN unclear USING (block);

CREATE OR REPLACE TEMP TABLE mixed AS
WITH unclear AS (
    SELECT DISTINCT task, kind
    FROM repeated
    JOIN support USING (task)
    JOIN parts_of_coverage USING (model, kind)
    WHERE contender AND answered_by_all AND pass_rate NOT IN (0, 1)
)
SELECT model, kind, task, coalesce(pass_rate, passed >> (task % 64) & 1) AS pass_rate
FROM unclear
JOIN blocks ON block = task // 64
JOIN parts_of_coverage USING (model, kind)
LEFT JOIN (SELECT model, task, pass_rate FROM repeated) USING (model, task)
WHERE contender;
