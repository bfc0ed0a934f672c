-- One row a model in a suite whose items were asked for alone and in batches: of how many, which share was right in either form,
-- and how many were right in one form alone.
CREATE OR REPLACE VIEW batches AS
WITH by_item AS (
    SELECT suite, model, form = 'batch' AS batched, item.task AS item, avg((item.label IS NOT DISTINCT FROM item.expected)::INTEGER) AS rate
    FROM (SELECT suite, model, form, unnest(items) AS item FROM internal.label_answers)
    GROUP BY ALL
)
SELECT
    suite, model, count(*) AS n,
    avg(single.rate) AS single_rate,
    avg(batch.rate) AS batch_rate,
    count(*) FILTER (single.rate > batch.rate) AS only_single,
    count(*) FILTER (batch.rate > single.rate) AS only_batch
FROM (FROM by_item WHERE NOT batched) AS single
JOIN (FROM by_item WHERE batched) AS batch USING (suite, model, item)
GROUP BY suite, model;
