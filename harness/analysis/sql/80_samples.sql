-- The same with names, for those who ask. Times are NULL where they were not measured, costs where nothing was called.
CREATE OR REPLACE TEMP VIEW samples AS
SELECT
    suite, task_id, facts.model::VARCHAR AS model, baseline,
    task_type, category, language, difficulty, role, context_tier,
    outcome::VARCHAR AS outcome, outcome = 'ok' AS answered,
    CASE WHEN answered THEN passed END AS passed,
    CASE WHEN answered THEN score END AS score,
    CASE WHEN measured AND answered THEN ttft_s END AS ttft_s,
    CASE WHEN measured AND answered THEN latency_s END AS latency_s,
    CASE WHEN measured AND outcome IN ('ok', 'error') THEN facts.latency_s END AS spent_s,
    CASE WHEN measured AND decode_tps > 0 AND completion_tokens > 1 THEN completion_tokens - 1 END AS decode_tokens,
    decode_tokens / decode_tps AS decode_s,
    CASE WHEN outcome IN ('ok', 'error') THEN facts.cost_usd END AS cost_usd,
    error_type::VARCHAR AS error_type
FROM facts
JOIN tasks USING (task)
JOIN entrants USING (model);
