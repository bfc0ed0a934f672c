-- One row a model, task type and context tier that tasks name as a size (2k, 128k, 1m): its quality on the tasks of that tier that
-- it answered, with the 95 % interval of a mean, how many did not fit into its window, and the tokens of their prompts.
CREATE OR REPLACE VIEW lengths AS
WITH sized AS (
    SELECT
        task, task_type, named_tier AS tier, prompt_tokens,
        regexp_extract(named_tier, '^\d+')::BIGINT * CASE named_tier[-1] WHEN 'k' THEN 1000 WHEN 'm' THEN 1000000 ELSE 1 END AS size
    FROM tasks
    WHERE regexp_matches(named_tier, '^\d{1,9}[km]?$')
),
long_ones AS (
    SELECT DISTINCT model, task
    FROM samples
    WHERE outcome = 'skipped' AND error_type::VARCHAR = 'too_long'
)
SELECT
    task_type, outcomes.model::VARCHAR AS model, tier, size, baseline,
    count(*) FILTER (ok > 0) AS n,
    count(*) FILTER (ok = 0 AND long_ones.task IS NOT NULL) AS too_long,
    avg(prompt_tokens) FILTER (ok > 0) AS prompt_tokens,
    avg(quality) FILTER (ok > 0) AS quality,
    half_of_mean(sum(quality) FILTER (ok > 0), sum(quality ^ 2) FILTER (ok > 0), n) AS half
FROM outcomes
JOIN sized USING (task)
JOIN (SELECT model::internal.model_name AS model, baseline FROM roster) USING (model)
LEFT JOIN long_ones USING (model, task)
GROUP BY ALL;
