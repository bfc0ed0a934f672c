-- One row a run: where and when it was, with a digest of its rows that does not depend on their order: sample ids (as
-- numbers), each multiplied by what was measured, summed.
CREATE OR REPLACE VIEW runs AS
WITH numbered AS (
    SELECT
        *,
        coalesce(TRY_CAST('0x' || sample_id AS UBIGINT), md5_number_lower(sample_id)) AS number,
        coalesce((1e6 * latency_s)::BIGINT, -1) + 7919 * coalesce((1e6 * score)::BIGINT, -1)
            + 104729 * coalesce((1e12 * cost_usd)::BIGINT % 2147483647, -1) + 1299709 * coalesce(passed::BIGINT, -1)
            + 15485863 * length(status) AS measured
    FROM results
),
described AS (
    SELECT run_id, suite, suite_version FROM results GROUP BY ALL
),
listed AS (
    SELECT run_id, list(suite || ' ' || suite_version ORDER BY suite, suite_version) AS suites
    FROM described
    GROUP BY run_id
),
summed AS (
    SELECT
        run_id,
        count(*) AS samples,
        min(started_at) AS first_at,
        max(started_at) AS last_at,
        any_value(harness_version) AS harness_version,
        any_value(git_sha) AS git_sha,
        any_value(host) AS host,
        any_value(gpu) AS gpu,
        CASE WHEN count(cost_usd) + count(follow_up_usd) > 0
            THEN coalesce(sum(cost_usd), 0) + coalesce(sum(follow_up_usd), 0) END AS cost_usd,
        count(*) FILTER (status = 'ok' AND cost_usd IS NULL AND NOT baseline) AS unpriced,
        sum(latency_s) AS seconds,
        (sum(prompt_tokens) + sum(completion_tokens))::BIGINT AS tokens,
        concat_ws('-', sum(number), sum((number % 2147483647)::BIGINT * (measured % 2147483647))) AS digest
    FROM numbered
    GROUP BY run_id
)
FROM summed
JOIN listed USING (run_id);
