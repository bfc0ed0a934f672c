use run_codec::*;

#[test]
fn there_and_back() {
    for bytes in [vec![1u8, 2, 3], vec![7; 10]] {
        assert_eq!(unpack(&pack(&bytes)), Ok(bytes));
    }
}
