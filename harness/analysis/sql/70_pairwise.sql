-- Two ranked models on the same tasks, both ways round. `discordance` is the mean squared difference: the
-- share of tasks on which they disagree. Counted in the finest groups, then summed.
CREATE OR REPLACE TEMP TABLE pairwise AS
WITH outright AS (
    SELECT
        kind, a.model AS model_a, b.model AS model_b,
        sum(bit_count(a.tasks)) AS n,
        sum(bit_count(a.passed & ~b.passed)) AS wins,
        sum(bit_count(b.passed & ~a.passed)) AS losses,
        (wins - losses)::DOUBLE AS d,
        (wins + losses)::DOUBLE AS squares
    FROM clear AS a
    JOIN clear AS b USING (kind, block)
    WHERE a.model < b.model
    GROUP BY ALL
),
by_rate AS (
    SELECT
        kind, a.model AS model_a, b.model AS model_b,
        count(*) AS n,
        count(*) FILTER (a.pass_rate > b.pass_rate) AS wins,
        count(*) FILTER (a.pass_rate < b.pass_rate) AS losses,
        sum(a.pass_rate - b.pass_rate) AS d,
        sum((a.pass_rate - b.pass_rate) ^ 2) AS squares
    FROM mixed AS a
    JOIN mixed AS b USING (kind, task)
    WHERE a.model < b.model
    GROUP BY ALL
),
counted AS (
    SELECT
        dimension, value,
        model_a::VARCHAR AS model_a, model_b::VARCHAR AS model_b,
        sum(n)::BIGINT AS n,
        sum(wins)::BIGINT AS wins,
        sum(losses)::BIGINT AS losses,
        sum(n - wins - losses)::BIGINT AS ties,
        sum(d) / sum(n) AS difference,
        sum(squares) / sum(n) AS discordance
    FROM (FROM outright UNION ALL BY NAME FROM by_rate)
    JOIN kinds USING (kind)
    WHERE dimension <> 'overall'
    GROUP BY ALL
),
both_ways AS (
    FROM counted
    UNION ALL BY NAME
    SELECT * REPLACE (
        model_b AS model_a, model_a AS model_b, losses AS wins, wins AS losses, -difference AS difference
    )
    FROM counted
)
SELECT both_ways.*
FROM both_ways
SEMI JOIN (FROM standings WHERE ranked) AS a
    ON both_ways.dimension = a.dimension AND both_ways.value = a.value AND both_ways.model_a = a.model
SEMI JOIN (FROM standings WHERE ranked) AS b
    ON both_ways.dimension = b.dimension AND both_ways.value = b.value AND both_ways.model_b = b.model;
