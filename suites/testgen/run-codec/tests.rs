use run_codec::*;

fn counted(n: usize) -> Vec<u8> {
    (0..n).map(|n| (n % 251) as u8).collect()
}

#[test]
fn short_ones() {
    assert!(pack(&[]).is_empty());
    assert_eq!(pack(&[1]), [0, 1]);
    assert_eq!(pack(&[1, 1]), [1, 1, 1]);
    assert_eq!(pack(&[1, 1, 1]), [254, 1]);
    assert_eq!(pack(&[1, 2, 2, 2]), [0, 1, 254, 2]);
    assert_eq!(pack(&[2, 2, 2, 2, 3, 3]), [253, 2, 1, 3, 3]);
}

#[test]
fn long_runs() {
    assert_eq!(pack(&[1; 128]), [129, 1]);
    assert_eq!(pack(&[1; 130]), [129, 1, 1, 1, 1]);
    assert_eq!(pack(&[1; 131]), [129, 1, 254, 1]);
}

#[test]
fn long_plain_ones() {
    let bytes = counted(130);
    let expected = [&[127][..], &bytes[..128], &[1], &bytes[128..]].concat();
    assert_eq!(pack(&bytes), expected);
}

#[test]
fn there_and_back() {
    for bytes in [vec![], vec![5], counted(128), counted(600), vec![7; 500], [counted(9), vec![8; 3], counted(2)].concat()] {
        let packed = pack(&bytes);
        assert_eq!(unpack(&packed), Ok(bytes.clone()));
        assert_eq!(unpacked_len(&packed), Ok(bytes.len()));
    }
}

#[test]
fn blocks_of_others() {
    assert_eq!(unpack(&[255, 7]), Ok(vec![7, 7]));
    assert_eq!(unpack(&[128, 0, 7]), Ok(vec![7]));
    assert_eq!(unpack(&[128]), Ok(vec![]));
    assert_eq!(unpacked_len(&[255, 7, 128, 129, 1]), Ok(130));
}

#[test]
fn bytes_are_missing() {
    assert_eq!(unpack(&[0, 7, 5, 1]), Err(2));
    assert_eq!(unpack(&[200]), Err(0));
    assert_eq!(unpacked_len(&[0, 7, 128, 0]), Err(3));
}
