-- One row a contender in a kind of task: its qualities on the tasks that all contenders answered, in the order of the tasks. They
-- are `whole` where each is 0 or 1.
CREATE TABLE internal.qualities AS
SELECT
    suite, kind, model,
    list(coalesce(quality, 0) ORDER BY task) AS qualities,
    list_sum(qualities) AS total,
    bool_and(coalesce(quality, 0) IN (0, 1)) AS whole
FROM outcomes
JOIN internal.common USING (task)
JOIN internal.fields USING (kind)
SEMI JOIN (FROM coverage WHERE contender) USING (model, field)
WHERE answered_by_all
GROUP BY suite, kind, model;
