-- One row a model, a set of labels, a form, an expected label and the one that was given (NULL: none was read): on how many items.
CREATE OR REPLACE VIEW confusions AS
SELECT suite, label_set, form, model, item.expected AS expected, item.label AS label, count(*) AS items
FROM (SELECT suite, label_set, form, model, unnest(items) AS item FROM internal.label_answers)
GROUP BY ALL;
