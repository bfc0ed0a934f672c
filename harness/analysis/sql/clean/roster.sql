-- One row a model that took part, as its newest rows describe it. A baseline is one in all of its rows.
CREATE OR REPLACE TABLE roster AS
SELECT
    model, bool_and(baseline) AS baseline,
    arg_max(provider, run_id) AS provider,
    arg_max(engine, run_id) AS engine,
    arg_max(family, run_id) AS family,
    arg_max(quantization, run_id) AS quantization,
    arg_max(model_revision, run_id) AS revision,
    arg_max(price_source, run_id) AS price_source,
    arg_max(price_date, run_id) AS price_date
FROM results
GROUP BY model;
