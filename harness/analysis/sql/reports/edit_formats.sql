-- One row a model that was asked for both forms of edits, whole files and blocks, on the same tasks put otherwise alike: on how
-- many, which share passed and had edits that could be applied in either form, and on how many tasks one form did better.
CREATE OR REPLACE VIEW edit_formats AS
WITH answers AS (
    SELECT
        model, suite, task_id, prompt_sha256, passed,
        regexp_replace(solver, ' (whole|diff|auto)', '') AS way,
        coalesce(figures->>'asked_format', nullif(regexp_extract(solver, 'whole|diff'), '')) AS asked,
        TRY_CAST(figures->>'well_formed' AS BOOLEAN) AS well_formed
    FROM (SELECT *, TRY_CAST(metrics AS JSON) AS figures FROM results WHERE solver IS NOT NULL AND status = 'ok' AND NOT baseline)
    QUALIFY row_number() OVER (PARTITION BY model, sample_id ORDER BY run_id DESC, started_at DESC NULLS LAST) = 1
),
on_tasks AS (
    SELECT
        model, suite, task_id, prompt_sha256, way, asked,
        avg(passed::DOUBLE) AS rate, avg(coalesce(well_formed, false)::DOUBLE) AS formed
    FROM answers
    GROUP BY ALL
)
SELECT
    model, way, count(*) AS n,
    avg(whole.rate) AS whole_rate,
    avg(diff.rate) AS diff_rate,
    avg(whole.formed) AS whole_formed,
    avg(diff.formed) AS diff_formed,
    count(*) FILTER (whole.rate > diff.rate) AS whole_better,
    count(*) FILTER (diff.rate > whole.rate) AS diff_better
FROM (FROM on_tasks WHERE asked = 'whole') AS whole
JOIN (FROM on_tasks WHERE asked = 'diff') AS diff USING (model, suite, task_id, prompt_sha256, way)
GROUP BY model, way;
