-- The Wilson 95 % interval of `passed` of `n`; NULL without samples.
CREATE OR REPLACE MACRO wilson_low(passed, n, z := 1.959963984540054) AS
    CASE WHEN n > 0 THEN
        greatest(0, (passed / n + z * z / (2 * n)
            - z * sqrt(passed / n * (1 - passed / n) / n + z * z / (4 * n * n))) / (1 + z * z / n))
    END;

CREATE OR REPLACE MACRO wilson_high(passed, n, z := 1.959963984540054) AS
    CASE WHEN n > 0 THEN
        least(1, (passed / n + z * z / (2 * n)
            + z * sqrt(passed / n * (1 - passed / n) / n + z * z / (4 * n * n))) / (1 + z * z / n))
    END;

-- The context tier of a prompt; NULL where nobody counted its tokens.
CREATE OR REPLACE MACRO tier_of(tokens) AS
    CASE
        WHEN tokens < 2000 THEN 'short'
        WHEN tokens < 32000 THEN 'medium'
        WHEN tokens < 128000 THEN 'long'
        WHEN tokens >= 128000 THEN 'very long'
    END;

-- Is a percentile supported: are there enough values for their maximum to bound it at 95 % confidence?
CREATE OR REPLACE MACRO supports(n, q) AS n >= ceil(ln(0.05) / ln(q));

-- Microseconds since 1970 of a time as rows hold it; NULL for what is none, or lies beyond the year 2200.
CREATE OR REPLACE MACRO moment(text) AS
    CASE WHEN epoch_us(TRY_CAST(text AS TIMESTAMPTZ)) BETWEEN 0 AND 7258118400000000
        THEN epoch_us(TRY_CAST(text AS TIMESTAMPTZ)) END;

-- A cost or a time as it is compared: to nine digits, since sums differ in their last ones with the order of the rows.
CREATE OR REPLACE MACRO nine_digits(x) AS CASE WHEN x > 0 THEN round(x, 9 - ceil(log10(x))::INTEGER) ELSE x END;

-- The 97.5 % point of Student's t: to nine digits up to 30 degrees of freedom, to eight beyond (Cornish and Fisher 1938).
CREATE OR REPLACE MACRO student_t(df, z := 1.959963984540054::DOUBLE) AS
    CASE WHEN df <= 30 THEN
        [12.706204736, 4.302652730, 3.182446305, 2.776445105, 2.570581836, 2.446911851,
         2.364624252, 2.306004135, 2.262157163, 2.228138852, 2.200985160, 2.178812830,
         2.160368656, 2.144786688, 2.131449546, 2.119905299, 2.109815578, 2.100922040,
         2.093024054, 2.085963447, 2.079613845, 2.073873068, 2.068657610, 2.063898562,
         2.059538553, 2.055529439, 2.051830516, 2.048407142, 2.045229642, 2.042272456][df]
    ELSE
        z + (z ^ 3 + z) / (4 * df) + (5 * z ^ 5 + 16 * z ^ 3 + 3 * z) / (96 * df ^ 2)
            + (3 * z ^ 7 + 19 * z ^ 5 + 17 * z ^ 3 - 15 * z) / (384 * df ^ 3)
            + (79 * z ^ 9 + 776 * z ^ 7 + 1482 * z ^ 5 - 1920 * z ^ 3 - 945 * z) / (92160 * df ^ 4)
    END;

-- At how many places a list of numbers is greater than another one.
CREATE OR REPLACE MACRO times_greater(a, b) AS len(list_filter(list_zip(a, b), lambda two: two[1] > two[2]));

-- Half of the 95 % interval of a mean of `n` values with this sum and this sum of squares; NULL for fewer than two.
CREATE OR REPLACE MACRO half_of_mean(total, squares, n) AS
    CASE WHEN n > 1 THEN student_t(n - 1) * sqrt(greatest(0, squares - total * total / n) / (n - 1) / n) END;
