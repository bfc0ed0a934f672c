use stream_compressor::packing::unpack;

pub fn drive() {
    emit!(unpack(&[], 0));
    emit!(unpack(&[2, 1, 2, 3], 3));
    emit!(unpack(&[0, 5, 129, 1, 0], 6));
    emit!(unpack(&[1, 5, 6, 130, 2, 0, 0, 9], 9));
    emit!(unpack(&[3, 1, 2, 3, 4, 128, 4, 0, 129, 8, 0], 13));
    let mut long = vec![127];
    long.extend(0..128);
    long.extend([255, 128, 0]);
    emit!(unpack(&long, 259).map(|data| (data.len(), data[127], data[128], data[258])));
    let mut far = vec![0, 9];
    far.extend([255, 1, 0].repeat(250));
    far.extend([128, 0xef, 0x7f]);
    emit!(unpack(&far, 32755).map(|data| data.len()));
    let bad: [(&[u8], usize); 12] = [
        (&[], 1),
        (&[0], 1),
        (&[0], 0),
        (&[2, 1, 2], 3),
        (&[2, 1, 2], 2),
        (&[0, 5, 128], 5),
        (&[0, 5, 128, 1], 5),
        (&[0, 5, 128, 0, 0], 5),
        (&[0, 5, 128, 2, 0], 5),
        (&[128, 1, 0], 4),
        (&[0, 5, 128, 1, 0], 4),
        (&[0, 5, 128, 1, 0], 6),
    ];
    for (payload, length) in bad {
        emit!(unpack(payload, length).is_none());
    }
}
