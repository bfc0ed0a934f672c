-- The same with names, for those who ask.
CREATE OR REPLACE TEMP VIEW samples AS
SELECT
    suite, task_id, facts.model::VARCHAR AS model, baseline,
    task_type, category, language, difficulty, role, context_tier,
    outcome::VARCHAR AS outcome, outcome = 'ok' AS answered, passed, score,
    ttft_s, CASE WHEN answered THEN spent_s END AS latency_s, spent_s,
    decode_tokens, decode_s, cost_usd, error_type::VARCHAR AS error_type
FROM facts
JOIN tasks USING (task)
JOIN entrants USING (model);
