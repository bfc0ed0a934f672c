use run_codec::*;

#[test]
fn two_are_a_run() {
    assert_eq!(pack(&[1, 1]), [255, 1]);
}
