-- Two ranked models on the same tasks, both ways round. `discordance` is the mean squared difference: the
-- share of tasks on which they disagree.
CREATE OR REPLACE TEMP VIEW pairwise AS
WITH answers AS (
    SELECT outcomes.*
    FROM outcomes
    JOIN coverage USING (model, suite)
    JOIN support USING (suite, task_id)
    WHERE contender AND answered_by_all
),
pairs AS (
    SELECT a.* EXCLUDE (model), a.model AS model_a, b.model AS model_b, a.pass_rate - b.pass_rate AS d
    FROM answers AS a
    JOIN answers AS b ON a.suite = b.suite AND a.task_id = b.task_id AND a.model < b.model
),
counted AS (
    SELECT
        dimension_of(task_type, suite, category, language, difficulty, role) AS dimension,
        value_of(task_type, suite, category, language, difficulty, role) AS value,
        model_a, model_b,
        count(*) AS n,
        count(*) FILTER (d > 0) AS wins,
        count(*) FILTER (d < 0) AS losses,
        count(*) FILTER (d = 0) AS ties,
        avg(d) AS difference,
        avg(d * d) AS discordance
    FROM pairs
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
