-- Two ranked models on the same tasks, both ways round. `discordance` is the mean squared difference: the
-- share of tasks on which they disagree. Tasks are counted once, in the finest groups, and those summed up.
CREATE OR REPLACE TEMP VIEW pairwise AS
WITH answers AS (
    SELECT outcomes.*
    FROM outcomes
    JOIN coverage USING (model, suite)
    JOIN support USING (suite, task_id)
    WHERE contender AND answered_by_all
),
fine AS (
    SELECT
        a.task_type, a.suite, a.category, a.language, a.difficulty, a.role,
        a.model AS model_a, b.model AS model_b,
        count(*) AS n,
        count(*) FILTER (a.pass_rate > b.pass_rate) AS wins,
        count(*) FILTER (a.pass_rate < b.pass_rate) AS losses,
        sum(a.pass_rate - b.pass_rate) AS d,
        sum((a.pass_rate - b.pass_rate) ^ 2) AS squares
    FROM answers AS a
    JOIN answers AS b ON a.suite = b.suite AND a.task_id = b.task_id AND a.model < b.model
    GROUP BY ALL
),
counted AS (
    SELECT
        dimension_of(task_type, suite, category, language, difficulty, role) AS dimension,
        value_of(task_type, suite, category, language, difficulty, role) AS value,
        model_a, model_b,
        sum(n)::BIGINT AS n,
        sum(wins)::BIGINT AS wins,
        sum(losses)::BIGINT AS losses,
        sum(n - wins - losses)::BIGINT AS ties,
        sum(d) / sum(n) AS difference,
        sum(squares) / sum(n) AS discordance
    FROM fine
    GROUP BY model_a, model_b,
        GROUPING SETS ((task_type), (suite), (suite, category), (language), (difficulty), (role))
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
