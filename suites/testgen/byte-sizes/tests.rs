use byte_sizes::{format, parse, total, SizeError};

#[test]
fn numbers_without_a_unit_are_bytes() {
    assert_eq!(parse("5"), Ok(5));
    assert_eq!(parse("5B"), Ok(5));
    assert_eq!(parse("5b"), Ok(5));
    assert_eq!(parse("0"), Ok(0));
}

#[test]
fn units_in_either_case() {
    for (text, power) in [("1K", 10), ("1k", 10), ("1M", 20), ("1m", 20), ("1G", 30), ("1g", 30)] {
        assert_eq!(parse(text), Ok(1 << power));
    }
}

#[test]
fn spaces_and_tabs() {
    assert_eq!(parse(" \t3 \tK\t "), Ok(3072));
    assert_eq!(parse("3\tk"), Ok(3072));
    assert_eq!(parse(" 3"), Ok(3));
    assert_eq!(parse("3 "), Ok(3));
    assert_eq!(parse("3\n"), Err(SizeError::Syntax));
}

#[test]
fn what_is_no_size() {
    for text in ["", " ", "K", "-1", "+1", "1.5K", "5x", "5KB", "5 K 1"] {
        assert_eq!(parse(text), Err(SizeError::Syntax));
    }
}

#[test]
fn beyond_64_bits() {
    assert_eq!(parse("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(parse("18446744073709551616"), Err(SizeError::TooLarge));
    assert_eq!(parse("17179869184G"), Err(SizeError::TooLarge));
    assert_eq!(parse("17179869183G"), Ok(17179869183 << 30));
}

#[test]
fn the_largest_unit() {
    assert_eq!(format(0), "0B");
    assert_eq!(format(1023), "1023B");
    assert_eq!(format(1024), "1K");
    assert_eq!(format(1 << 20), "1M");
    assert_eq!(format(2 << 30), "2G");
    assert_eq!(format(5 << 40), "5120G");
}

#[test]
fn tenths() {
    assert_eq!(format(1536), "1.5K");
    assert_eq!(format(1024 + 110), "1.1K");
    assert_eq!(format(1024 + 100), "1K");
    assert_eq!(format(2047), "1.9K");
}

#[test]
fn sums() {
    assert_eq!(total(&[]), Ok(0));
    assert_eq!(total(&["1K", "2"]), Ok(1026));
    assert_eq!(total(&["1", "x", "99999999999999999999"]), Err(SizeError::Syntax));
    assert_eq!(total(&["18446744073709551615", "1"]), Err(SizeError::TooLarge));
}
