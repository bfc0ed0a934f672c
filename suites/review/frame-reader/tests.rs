use frame_reader::Reader;

fn frame(payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x7e, (payload.len() >> 8) as u8, payload.len() as u8];
    bytes.extend_from_slice(payload);
    bytes.push(payload.iter().map(|&byte| u32::from(byte)).sum::<u32>() as u8);
    bytes
}

#[test]
fn frames_in_pieces() {
    let mut reader = Reader::new(400);
    let long = vec![7u8; 300];
    let bytes = [vec![1, 2], frame(&[9]), frame(&long), frame(&[])].concat();
    let mut got = Vec::new();
    for byte in &bytes {
        got.extend(reader.push(&[*byte]));
    }
    assert_eq!(got, [vec![9], long, vec![]]);
    assert_eq!((reader.skipped(), reader.kept()), (2, 0));
}

#[test]
fn the_sum_wraps() {
    assert_eq!(Reader::new(9).push(&frame(&[200, 100])), [[200, 100]]);
}

#[test]
fn the_bytes_of_a_frame_too_long_are_looked_at_again() {
    let mut reader = Reader::new(4);
    let bytes = [vec![0x7e], frame(&[5])].concat();
    assert_eq!(reader.push(&bytes), [[5]]);
    assert_eq!(reader.skipped(), 1);
}

#[test]
fn a_wrong_sum() {
    let mut reader = Reader::new(4);
    let bytes = [vec![0x7e, 0, 1, 5, 6], frame(&[8])].concat();
    assert_eq!(reader.push(&bytes), [[8]]);
    assert_eq!(reader.skipped(), 5);
}
