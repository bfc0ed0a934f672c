-- One row a model, size of prompt and of answer, and number of requests at once, as the newest run of these measured it. Seconds
-- begin when a request was put. The time of a load is that in which anything was being answered, so a pause (a run that was
-- resumed) is none of it. Failures have no time, and are no good answers. Goodput: the first token within $first_s, each further
-- one within $token_s. A percentile is shown only where the values support it.
CREATE OR REPLACE TABLE loads AS
WITH put AS (
    SELECT
        model, context_tier AS prompt, category AS answer, status = 'ok' AS ok, run_id,
        TRY_CAST(TRY_CAST(metrics AS JSON)->>'concurrency' AS INTEGER) AS at_once,
        moment(started_at) / 1e6 AS began,
        queue_s, ttft_s, latency_s, completion_tokens, prompt_tokens, prefill_tps, decode_tps,
        prompt_tokens - coalesce(cached_tokens, 0) AS computed
    FROM results
    WHERE measure = 'none' AND status IN ('ok', 'error') AND timing <> 'replayed' AND NOT baseline
        AND contains(metrics, '"concurrency"')
    QUALIFY row_number() OVER (PARTITION BY model, sample_id, run_id ORDER BY status = 'ok' DESC, started_at DESC) = 1
),
newest AS (
    FROM put
    WHERE at_once IS NOT NULL
    QUALIFY run_id = max(run_id) OVER (PARTITION BY model, prompt, answer, at_once)
),
begun AS (
    SELECT *, began > max(began + latency_s) OVER (
        PARTITION BY model, prompt, answer, at_once ORDER BY began ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS after_pause
    FROM newest
    WHERE ok AND began IS NOT NULL AND latency_s IS NOT NULL
),
bursts AS (
    SELECT *, sum(coalesce(after_pause, true)::INTEGER) OVER (PARTITION BY model, prompt, answer, at_once ORDER BY began) AS burst
    FROM begun
),
lasted AS (
    SELECT model, prompt, answer, at_once, sum(seconds) AS busy_s
    FROM (
        SELECT model, prompt, answer, at_once, max(began + latency_s) - min(began) AS seconds
        FROM bursts
        GROUP BY model, prompt, answer, at_once, burst
    )
    GROUP BY ALL
),
counted AS (
    SELECT
        model, prompt, answer, at_once,
        count(*) FILTER (ok) AS n,
        count(*) FILTER (NOT ok) AS errors,
        avg(prompt_tokens) FILTER (ok) AS prompt_tokens,
        sum(latency_s) FILTER (ok) AS answering_s,
        sum(completion_tokens) FILTER (ok) AS tokens,
        count(*) FILTER (
            ok AND queue_s + ttft_s <= $first_s AND coalesce(1 / nullif(decode_tps, 0) <= $token_s, completion_tokens <= 1)
        ) AS good,
        count(ttft_s) FILTER (ok) AS firsts,
        quantile_cont(queue_s + ttft_s, [0.5, 0.9]) FILTER (ok) AS first_s,
        quantile_cont(queue_s + latency_s, [0.5, 0.9]) FILTER (ok) AS whole_s,
        sum(computed) FILTER (ok AND prefill_tps > 0) / sum(computed / prefill_tps) FILTER (ok AND prefill_tps > 0) AS prefill_tps,
        sum(completion_tokens - 1) FILTER (ok AND decode_tps > 0)
            / sum((completion_tokens - 1) / decode_tps) FILTER (ok AND decode_tps > 0) AS decode_tps
    FROM newest
    GROUP BY ALL
)
SELECT
    model, prompt, answer, at_once, n, errors, prompt_tokens,
    answering_s / nullif(busy_s, 0) AS in_flight,
    n / nullif(busy_s, 0) AS requests_per_s,
    tokens / nullif(busy_s, 0) AS tokens_per_s,
    good / nullif(busy_s, 0) AS good_per_s,
    CASE WHEN supports(firsts, 0.5) THEN first_s[1] END AS first_p50_s,
    CASE WHEN supports(firsts, 0.9) THEN first_s[2] END AS first_p90_s,
    CASE WHEN supports(n, 0.5) THEN whole_s[1] END AS whole_p50_s,
    CASE WHEN supports(n, 0.9) THEN whole_s[2] END AS whole_p90_s,
    prefill_tps, decode_tps
FROM counted
LEFT JOIN lasted USING (model, prompt, answer, at_once);
