use byte_sizes::*;

#[test]
fn rounds_to_the_nearest_tenth() {
    assert_eq!(format(2047), "2K");
    assert_eq!(parse("5x"), Err(SizeError::Syntax));
}
