-- One row an answer to tasks whose grader reads labels, on the tasks that all compared models answered: the newest of each
-- sample, with its items (one, or all of a batch, each with the task that asks for it alone), and with the form in which it was
-- asked for. A call that failed has no items.
CREATE VIEW internal.label_answers AS
WITH newest AS (
    SELECT
        results.suite, results.task_id, results.model, results.category, grader, status, cost_usd, latency_s, busy_s, timing,
        TRY_CAST(metrics AS JSON) AS figures
    FROM results
    JOIN tasks USING (suite, task_id, task_sha256)
    JOIN internal.common USING (task)
    JOIN coverage ON coverage.model = results.model AND coverage.field = tasks.field
    WHERE grader IN ('label', 'labels') AND status IN ('ok', 'error') AND NOT coverage.baseline
        AND (NOT compared OR CASE status WHEN 'ok' THEN answered_by_all ELSE tried_by_all END)
    QUALIFY row_number() OVER (
        PARTITION BY results.model, sample_id ORDER BY run_id DESC, started_at DESC NULLS LAST
    ) = 1
),
with_items AS (
    SELECT
        suite, task_id, model, status, cost_usd,
        CASE grader WHEN 'labels' THEN coalesce(nullif(figures->>'of', ''), category) ELSE category END AS label_set,
        CASE WHEN grader = 'labels' THEN 'batch' WHEN figures->>'scoring' = 'loglik' THEN 'likelihood'
            WHEN status = 'ok' THEN 'single' END AS own_form,
        list_filter(
            CASE
                WHEN status <> 'ok' THEN []
                WHEN grader = 'labels' THEN
                    from_json(figures->'items', '[{"task": "VARCHAR", "label": "VARCHAR", "expected": "VARCHAR"}]')
                ELSE [{'task': task_id, 'label': figures->>'label', 'expected': figures->>'expected'}]
            END,
            lambda item: item.expected IS NOT NULL
        ) AS items,
        CASE WHEN timing = 'measured' AND status = 'ok' THEN latency_s END AS alone_s,
        CASE WHEN status = 'ok' THEN busy_s END AS busy_s
    FROM newest
)
SELECT * EXCLUDE (own_form), coalesce(own_form, max(own_form) OVER (PARTITION BY suite, model), 'single') AS form
FROM with_items;

-- One row a model, a set of labels (NULL: all sets of the suite) and a form, the items of batches counted singly: which share is
-- right, with its 95 % interval, how many have no label that can be read, the mean F1 of labels (over sets: the mean of
-- theirs), USD for 1,000 items with failed calls, and items a second: one call after another, and of a local model that answers
-- several at once. Items of one call are alike, so the interval of batches is clustered by call; Wilson's of calls where all are alike.
-- Of a set, `confusions` say on how many items a label was expected and which was given (NULL: none was read); of all batches of a
-- suite, `beside_single` says how the same items did that were asked for alone, too: how many were right in one form only.
CREATE OR REPLACE VIEW labels AS
WITH answered_items AS (
    SELECT suite, label_set, form, model, unnest(items) AS item
    FROM internal.label_answers
),
confused AS (
    SELECT suite, label_set, form, model, item.expected AS expected, item.label AS label, count(*) AS items
    FROM answered_items
    GROUP BY ALL
),
confusions AS (
    SELECT
        suite, label_set, form, model,
        list({'expected': expected, 'label': label, 'items': items} ORDER BY expected, label NULLS LAST) AS confusions
    FROM confused
    GROUP BY suite, label_set, form, model
),
by_item AS (
    SELECT
        suite, model, form = 'batch' AS batched, item.task AS item,
        avg((item.label IS NOT DISTINCT FROM item.expected)::INTEGER) AS rate
    FROM answered_items
    GROUP BY ALL
),
both_forms AS (
    SELECT
        suite, model, 'batch' AS form, true AS over_all,
        {
            'n': count(*), 'single_rate': avg(single.rate), 'batch_rate': avg(batch.rate),
            'only_single': count(*) FILTER (single.rate > batch.rate),
            'only_batch': count(*) FILTER (batch.rate > single.rate)
        } AS beside_single
    FROM (FROM by_item WHERE NOT batched) AS single
    JOIN (FROM by_item WHERE batched) AS batch USING (suite, model, item)
    GROUP BY suite, model
),
calls AS (
    SELECT
        suite, label_set, form, model, status, cost_usd, alone_s, busy_s,
        len(items) AS items,
        len(list_filter(items, lambda item: item.label = item.expected)) AS right_ones,
        len(list_filter(items, lambda item: item.label IS NULL)) AS unread
    FROM internal.label_answers
),
summed AS (
    SELECT
        suite, label_set, form, model, grouping(label_set) = 1 AS over_all,
        sum(items)::BIGINT AS n, sum(right_ones)::BIGINT AS n_right, sum(unread)::BIGINT AS unread, n_right / n AS rate,
        count(*) FILTER (items > 0) AS clusters,
        sum(right_ones * right_ones) - 2 * rate * sum(right_ones * items) + rate * rate * sum(items * items) AS squares,
        CASE WHEN bool_and(cost_usd IS NOT NULL OR status <> 'ok') THEN 1000 * sum(cost_usd) / n END AS usd_per_1000,
        sum(items) FILTER (alone_s IS NOT NULL) / nullif(sum(alone_s), 0) AS items_per_s,
        sum(items) FILTER (busy_s IS NOT NULL) / nullif(sum(busy_s), 0) AS items_at_once
    FROM calls
    GROUP BY GROUPING SETS ((suite, label_set, form, model), (suite, form, model))
    HAVING sum(items) > 0
),
sides AS (
    SELECT suite, label_set, form, model, expected AS name, items, CASE WHEN label = expected THEN 2 * items ELSE 0 END AS hits
    FROM confused
    UNION ALL
    SELECT suite, label_set, form, model, label AS name, items, 0 AS hits
    FROM confused
    WHERE label IS NOT NULL
),
by_label AS (
    SELECT suite, label_set, form, model, name, sum(hits) / sum(items) AS f1
    FROM sides
    GROUP BY ALL
),
macro AS (
    SELECT suite, label_set, form, model, avg(f1) AS macro_f1
    FROM by_label
    GROUP BY ALL
),
macros AS (
    SELECT *, false AS over_all
    FROM macro
    JOIN confusions USING (suite, label_set, form, model)
    UNION ALL
    SELECT suite, NULL AS label_set, form, model, avg(macro_f1) AS macro_f1, NULL AS confusions, true AS over_all
    FROM macro
    GROUP BY suite, form, model
),
halves AS (
    SELECT
        *, CASE WHEN clusters > 1
            THEN student_t(clusters - 1) * sqrt(clusters / (clusters - 1) * greatest(0, squares)) / n END AS half,
        form = 'batch' AND squares > 1e-9 AS differing,
        CASE form WHEN 'batch' THEN clusters ELSE n END AS trials
    FROM summed
)
SELECT
    suite, halves.label_set, form, model, n, rate,
    CASE WHEN differing THEN greatest(0, rate - half) ELSE wilson_low(rate * trials, trials) END AS low,
    CASE WHEN differing THEN least(1, rate + half) ELSE wilson_high(rate * trials, trials) END AS high,
    unread, macro_f1, usd_per_1000, items_per_s, items_at_once, confusions, beside_single
FROM halves
JOIN macros USING (suite, form, model, over_all)
LEFT JOIN both_forms USING (suite, form, model, over_all)
WHERE halves.label_set IS NOT DISTINCT FROM macros.label_set;
