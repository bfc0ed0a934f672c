use byte_sizes::*;

#[test]
fn examples() {
    assert_eq!(parse("4 K"), Ok(4096));
    assert_eq!(format(1536), "1.5K");
    assert_eq!(total(&["1K", "2"]), Ok(1026));
}
