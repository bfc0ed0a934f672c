-- One row two models and a task type (NULL: all of them), of suites that are measured by passes: on how many tasks both, one
-- or none of them passed, by their first answers, and `kappa`, by how much they agree beyond what their pass rates make
-- chance (Cohen). A model beside itself is its first and its second answers to the same tasks: nobody agrees with another
-- one more.
CREATE OR REPLACE VIEW agreement AS
WITH bits AS (
    SELECT
        task_type, model::VARCHAR AS model, repeat,
        bitstring_agg(task) AS answered, bitstring_agg(task) FILTER (passed) AS passed
    FROM samples
    JOIN (SELECT DISTINCT kind, task_type FROM tasks WHERE measure = 'pass') USING (kind)
    WHERE outcome = 'ok' AND repeat < 2 AND model::VARCHAR NOT IN (SELECT model FROM roster WHERE baseline)
    GROUP BY ALL
),
by_type AS (
    SELECT
        task_type, a.model AS model_a, b.model AS model_b,
        bit_count(a.answered & b.answered) AS n,
        coalesce(bit_count(a.passed & b.passed), 0) AS both_pass,
        coalesce(bit_count(a.passed & b.answered), 0) AS a_passes,
        coalesce(bit_count(b.passed & a.answered), 0) AS b_passes
    FROM (FROM bits WHERE repeat = 0) AS a
    JOIN bits AS b USING (task_type)
    WHERE (a.model < b.model AND b.repeat = 0) OR (a.model = b.model AND b.repeat = 1)
),
counted AS (
    SELECT
        task_type, model_a, model_b, sum(n)::BIGINT AS n, sum(both_pass)::BIGINT AS both_pass,
        sum(a_passes - both_pass)::BIGINT AS only_a, sum(b_passes - both_pass)::BIGINT AS only_b,
        sum(n - a_passes - b_passes + both_pass)::BIGINT AS neither,
        sum(a_passes) / sum(n) AS rate_a, sum(b_passes) / sum(n) AS rate_b
    FROM by_type
    WHERE n > 0
    GROUP BY GROUPING SETS ((task_type, model_a, model_b), (model_a, model_b))
)
SELECT
    * EXCLUDE (rate_a, rate_b),
    1 - ((only_a + only_b) / n) / nullif(rate_a + rate_b - 2 * rate_a * rate_b, 0) AS kappa
FROM counted;
