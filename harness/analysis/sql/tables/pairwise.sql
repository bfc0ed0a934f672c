-- One row a contender in a kind of task: its qualities on the tasks that all contenders answered, in the order of the tasks. They
-- are `whole` where each is 0 or 1.
CREATE TABLE internal.qualities AS
SELECT
    suite, kind, model,
    list(coalesce(quality, 0) ORDER BY task) AS qualities,
    list_sum(qualities) AS total,
    bool_and(coalesce(quality, 0) IN (0, 1)) AS whole
FROM outcomes
JOIN internal.common USING (task)
JOIN internal.fields USING (kind)
SEMI JOIN (FROM coverage WHERE contender) USING (model, field)
WHERE answered_by_all
GROUP BY suite, kind, model;

-- One row a ranked model beside another one of its table, on the same tasks; overall, on average over the suites that count
-- there. `discordance` is the mean squared difference: the
-- share of tasks on which they disagree, where tasks are passed or failed (`by_passes`). `variance` is that of a task's
-- difference: for scores the sample's, for passes, and where no task tells the two apart, with one task more decided and one
-- not (Laplace): three equal answers are no proof. The pairs that decide are those of the first of a table, and of the overall
-- first in every suite; only they are made unless $every_pair is wanted.
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
    SELECT 'suite', suite, model FROM firsts, internal.overall_suites WHERE dimension = 'overall'
),
contested AS (
    SELECT scope, dimension, value, model::internal.model_name AS model, (dimension, value, model) IN (FROM deciding) AS decides
    FROM standings
    JOIN scopes USING (dimension, value)
    WHERE ranked AND dimension <> 'overall'
),
compared AS (
    SELECT qualities.*, kind IN (
        SELECT kind
        FROM internal.kinds
        JOIN contested USING (scope)
        WHERE contested.model = qualities.model AND ($every_pair OR decides)
    ) AS wanted
    FROM internal.qualities
),
by_kind AS (  -- each two once; of whole qualities those that both passed say how often one of them alone did
    SELECT
        kind, a.model AS model_a, b.model AS model_b, len(a.qualities) AS n,
        CASE WHEN a.whole AND b.whole THEN a.total - list_inner_product(a.qualities, b.qualities)
            ELSE times_greater(a.qualities, b.qualities) END AS wins,
        CASE WHEN a.whole AND b.whole THEN b.total - list_inner_product(a.qualities, b.qualities)
            ELSE times_greater(b.qualities, a.qualities) END AS losses,
        a.total - b.total AS d,
        list_distance(a.qualities, b.qualities) ^ 2 AS squares
    FROM (FROM compared WHERE wanted) AS a
    JOIN compared AS b USING (kind)
    WHERE a.model < b.model OR (a.model > b.model AND NOT b.wanted)
),
counted AS (
    SELECT
        scope, model_a, model_b,
        sum(n)::BIGINT AS n,
        sum(wins)::BIGINT AS wins,
        sum(losses)::BIGINT AS losses,
        sum(n - wins - losses)::BIGINT AS ties,
        sum(d) / sum(n) AS difference,
        sum(squares) / sum(n) AS discordance,
        bool_and(measure = 'pass') AS by_passes
    FROM by_kind
    JOIN (FROM internal.kinds WHERE dimension <> 'overall') USING (kind)
    GROUP BY scope, model_a, model_b
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
both_ways AS (
    FROM spread
    UNION ALL BY NAME
    SELECT * REPLACE (
        model_b AS model_a, model_a AS model_b, losses AS wins, wins AS losses, -difference AS difference
    )
    FROM spread
),
of_tables AS (
    SELECT
        a.dimension, a.value, both_ways.* EXCLUDE (scope) REPLACE (model_a::VARCHAR AS model_a, model_b::VARCHAR AS model_b),
        decides,
        CASE WHEN NOT by_passes THEN sqrt(variance / n) END AS error,
        CASE WHEN NOT by_passes THEN n - 1 END AS df
    FROM both_ways
    JOIN contested AS a ON both_ways.scope = a.scope AND model_a = a.model
    SEMI JOIN contested AS b ON both_ways.scope = b.scope AND model_b = b.model
    WHERE $every_pair OR decides
)
FROM of_tables
UNION ALL BY NAME
SELECT
    'overall' AS dimension, 'overall' AS value, model_a, model_b,
    sum(n)::BIGINT AS n, sum(wins)::BIGINT AS wins, sum(losses)::BIGINT AS losses, sum(ties)::BIGINT AS ties,
    avg(difference) AS difference,
    false AS decides,
    sqrt(sum(variance / n)) / count(*) AS error,
    CASE WHEN NOT bool_or(by_passes) THEN (sum(n) - count(*))::BIGINT END AS df
FROM of_tables
JOIN internal.overall_suites ON value = suite
SEMI JOIN (FROM standings WHERE dimension = 'overall' AND ranked) AS a ON model_a = a.model
SEMI JOIN (FROM standings WHERE dimension = 'overall' AND ranked) AS b ON model_b = b.model
WHERE of_tables.dimension = 'suite' AND $every_pair
GROUP BY model_a, model_b;
