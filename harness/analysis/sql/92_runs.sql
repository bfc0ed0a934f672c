-- Where and when: one row a run, with a digest of its rows that does not depend on their order.
CREATE OR REPLACE TEMP VIEW runs AS
SELECT
    run_id,
    count(*) AS samples,
    min(started_at) AS first_at,
    max(started_at) AS last_at,
    any_value(harness_version) AS harness_version,
    any_value(git_sha) AS git_sha,
    any_value(host) AS host,
    any_value(gpu) AS gpu,
    list(DISTINCT suite || ' ' || suite_version ORDER BY suite || ' ' || suite_version) AS suites,
    sum(md5_number_lower(concat_ws('|', sample_id, status, passed, (1e6 * score)::BIGINT, (1e6 * latency_s)::BIGINT,
            (1e12 * cost_usd)::BIGINT))::HUGEINT)::VARCHAR
        AS digest
FROM results
GROUP BY run_id;
