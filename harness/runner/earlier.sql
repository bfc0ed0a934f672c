-- What samples of each model on each suite took and cost so far: number, mean and spread.
-- A replayed answer says nothing about time, but what it cost when it was new.
SELECT
    model,
    suite,
    count(*) AS n,
    avg(prompt_tokens) AS prompt_tokens,
    coalesce(stddev_samp(prompt_tokens), 0) AS prompt_tokens_sd,
    avg(completion_tokens) AS completion_tokens,
    coalesce(stddev_samp(completion_tokens), 0) AS completion_tokens_sd,
    count(cost_usd) AS priced,
    avg(cost_usd) AS cost_usd,
    coalesce(stddev_samp(cost_usd), 0) AS cost_usd_sd,
    count(latency_s) FILTER (WHERE timing <> 'replayed') AS timed,
    avg(latency_s) FILTER (WHERE timing <> 'replayed') AS latency_s,
    coalesce(stddev_samp(latency_s) FILTER (WHERE timing <> 'replayed'), 0) AS latency_s_sd
FROM results
WHERE status <> 'skipped' AND list_contains($measured, engine)
GROUP BY model, suite
