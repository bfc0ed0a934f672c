-- One row a ranked model beside another one of its table, on the same tasks. `discordance` is the mean squared difference: the
-- share of tasks on which they disagree, where tasks are passed or failed (`by_passes`). `variance` is that of a task's difference: for
-- scores the sample's, for passes, and where no task tells the two apart, with one task more decided and one not (Laplace): three
-- equal answers are no proof. The pairs that decide are those of the first of a table, and of the overall first
-- in every suite; only they are made unless $everyone is wanted.
CREATE OR REPLACE TABLE pairwise AS
WITH firsts AS (
    SELECT dimension, value, model
    FROM standings
    WHERE rank = 1
    QUALIFY row_number() OVER (PARTITION BY dimension, value ORDER BY quality DESC, model) = 1
),
deciding AS (
    SELECT dimension, value, model FROM firsts
    UNION
    SELECT 'suite', suite, model FROM firsts, overall_suites WHERE dimension = 'overall'
),
wanted AS (
    SELECT DISTINCT kind, model::internal.model_name AS model
    FROM internal.kinds
    JOIN standings USING (dimension, value)
    WHERE dimension <> 'overall' AND ranked AND ($everyone OR (dimension, value, model) IN (FROM deciding))
),
compared AS (
    SELECT outcomes.model, task, kind, quality, wanted.model IS NOT NULL AS wanted
    FROM outcomes
    SEMI JOIN (FROM internal.common WHERE answered_by_all) USING (task)
    SEMI JOIN (FROM coverage WHERE contender) USING (model, suite)
    LEFT JOIN wanted USING (model, kind)
),
by_kind AS (
    SELECT
        a.kind, a.model AS model_a, b.model AS model_b,
        count(*) AS n,
        count(*) FILTER (a.quality > b.quality) AS wins,
        count(*) FILTER (a.quality < b.quality) AS losses,
        sum(a.quality - b.quality) AS d,
        sum((a.quality - b.quality) ^ 2) AS squares
    FROM (FROM compared WHERE wanted) AS a
    JOIN compared AS b USING (task)
    WHERE a.model < b.model OR (a.model > b.model AND NOT b.wanted)
    GROUP BY a.kind, a.model, b.model
),
counted AS (
    SELECT
        dimension, value, model_a::VARCHAR AS model_a, model_b::VARCHAR AS model_b,
        sum(n)::BIGINT AS n,
        sum(wins)::BIGINT AS wins,
        sum(losses)::BIGINT AS losses,
        sum(n - wins - losses)::BIGINT AS ties,
        sum(d) / sum(n) AS difference,
        sum(squares) / sum(n) AS discordance,
        bool_and(measure = 'pass') AS by_passes
    FROM by_kind
    JOIN internal.kinds USING (kind)
    WHERE dimension <> 'overall'
    GROUP BY dimension, value, model_a, model_b
),
spread AS (
    SELECT
        *,
        CASE
            WHEN by_passes OR n = 1 OR ties = n THEN (discordance * n + 1) / (n + 2)
            ELSE greatest(0, discordance - difference ^ 2) * n / (n - 1)
        END AS variance
    FROM counted
),
both_ways AS (  -- each two are counted once
    FROM spread
    UNION ALL BY NAME
    SELECT * REPLACE (
        model_b AS model_a, model_a AS model_b, losses AS wins, wins AS losses, -difference AS difference
    )
    FROM spread
)
SELECT both_ways.*, (dimension, value, model_a) IN (FROM deciding) AS decides
FROM both_ways
SEMI JOIN (FROM standings WHERE ranked) AS a
    ON both_ways.dimension = a.dimension AND both_ways.value = a.value AND both_ways.model_a = a.model
SEMI JOIN (FROM standings WHERE ranked) AS b
    ON both_ways.dimension = b.dimension AND both_ways.value = b.value AND both_ways.model_b = b.model
WHERE $everyone OR decides;
