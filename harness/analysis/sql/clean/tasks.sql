-- One row a task, in the newest version that anybody was asked. Tasks of one `kind` are alike in everything that tables are
-- made by; those of one `field` are of one suite and, where they name one, of one context tier: models contend there. A suite is measured by `score` where any of its tasks is, else by `pass`; what is measured by `none` is in no
-- table. A task that names no context tier is in that of its longest prompt. `versions` are all that were ever asked.
CREATE OR REPLACE TABLE tasks AS
WITH described AS (  -- rows of a version are alike as a rule: few are left of millions
    SELECT
        suite, task_id, task_sha256, task_type, category, language, difficulty, role, context_tier, measure,
        max(run_id) AS run_id, max(prompt_tokens) AS prompt_tokens
    FROM results
    WHERE measure IS DISTINCT FROM 'none'
    GROUP BY ALL
),
versions AS (
    SELECT
        suite, task_id, task_sha256,
        max(run_id) AS run_id, max(prompt_tokens) AS prompt_tokens,
        max(task_type) AS task_type, max(category) AS category, max(language) AS language,
        max(difficulty) AS difficulty, max(role) AS role, max(context_tier) AS named_tier,
        coalesce(max(measure), 'pass') AS measure
    FROM described
    GROUP BY suite, task_id, task_sha256
),
newest AS (
    SELECT
        * REPLACE (max(measure) OVER (PARTITION BY suite) AS measure),
        coalesce(named_tier, tier_of(prompt_tokens)) AS context_tier,
        count(*) OVER (PARTITION BY suite, task_id) AS versions
    FROM versions
    QUALIFY row_number() OVER (PARTITION BY suite, task_id ORDER BY run_id DESC, task_sha256 DESC) = 1
),
labelled AS (
    SELECT
        * EXCLUDE (run_id), (task_type, suite, category, language, difficulty, role, context_tier, named_tier) AS labels
    FROM newest
),
alike AS (
    SELECT labels, (row_number() OVER (ORDER BY labels))::UINTEGER AS kind
    FROM (SELECT DISTINCT labels FROM labelled)
)
SELECT
    (row_number() OVER (ORDER BY kind, task_id) - 1)::UINTEGER AS task,
    (dense_rank() OVER (ORDER BY suite, named_tier))::UINTEGER AS field,
    * EXCLUDE (labels)
FROM labelled
JOIN alike USING (labels);

CREATE TABLE internal.fields AS SELECT DISTINCT field, kind FROM tasks;
