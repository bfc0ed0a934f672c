-- One row a model, a set of labels (NULL: all sets of the suite) and a form, the items of batches counted singly: which share is
-- right, with its 95 % interval, how many have no label that can be read, the mean F1 of labels (over sets: the mean of
-- theirs), USD for 1,000 items with failed calls, and items a second: one call after another, and of a local model that answers
-- several at once. Items of one call are alike, so the interval of batches is clustered by call; Wilson's of calls where all are alike.
CREATE OR REPLACE VIEW labels AS
WITH calls AS (
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
    FROM confusions
    UNION ALL
    SELECT suite, label_set, form, model, label AS name, items, 0 AS hits
    FROM confusions
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
    UNION ALL
    SELECT suite, NULL AS label_set, form, model, avg(macro_f1) AS macro_f1, true AS over_all
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
    unread, macro_f1, usd_per_1000, items_per_s, items_at_once
FROM halves
JOIN macros USING (suite, form, model, over_all)
WHERE halves.label_set IS NOT DISTINCT FROM macros.label_set;
