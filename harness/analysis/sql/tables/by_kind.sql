-- One row a model in a kind of task: the sums that its cells are made of, and whether its tasks there are compared.
CREATE TABLE internal.by_kind AS
SELECT
    model, kind, any_value(baseline) AS baseline,
    count(*) FILTER (ok > 0) AS answered,
    count(*) FILTER (ok > 0 AND (answered_by_all OR NOT compared)) AS n,
    count(*) FILTER (ok > 0 AND answered_by_all AND contender) AS shared,
    sum(pass_rate) FILTER (answered_by_all OR NOT compared) AS passed,
    sum(quality) FILTER (answered_by_all OR NOT compared) AS total,
    sum(quality ^ 2) FILTER (answered_by_all OR NOT compared) AS squares,
    sum(score) FILTER (answered_by_all OR NOT compared) AS score,
    sum(ok) AS ok, sum(errors) AS errors, sum(crashes) AS crashes, sum(skipped) AS skipped, sum(excluded) AS excluded
FROM outcomes
JOIN internal.common USING (task)
JOIN internal.fields USING (kind)
JOIN coverage USING (model, field)
GROUP BY model, kind;
