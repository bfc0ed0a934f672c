-- Filled by the next file, one dimension after the other.
CREATE OR REPLACE TEMP TABLE percentiles (
    dimension VARCHAR, value VARCHAR, model model_name, n_ttft BIGINT, n BIGINT, ttft DOUBLE, latencies DOUBLE[]
);
