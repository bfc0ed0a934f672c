-- One row for a model on a task that it has several rows for. Elsewhere a row is the tally.
CREATE OR REPLACE TEMP TABLE repeated (
    model model_name, task UINTEGER, kind UINTEGER, pass_rate DOUBLE, score DOUBLE,
    ok BIGINT, errors BIGINT, crashes BIGINT, skipped BIGINT, excluded BIGINT
);
