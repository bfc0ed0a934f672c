//! Packs runs of equal bytes.

/// Packs bytes.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let (mut at, mut plain) = (0, 0);
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|&&byte| byte == bytes[at]).take(128).count();
        if run >= 3 {
            write_plain(&bytes[plain..at], &mut packed);
            packed.push((257 - run) as u8);
            packed.push(bytes[at]);
            plain = at + run;
        }
        at += run;
    }
    write_plain(&bytes[plain..], &mut packed);
    packed
}

fn write_plain(plain: &[u8], packed: &mut Vec<u8>) {
    for chunk in plain.chunks(128) {
        packed.push((chunk.len() - 1) as u8);
        packed.extend_from_slice(chunk);
    }
}

/// Unpacks bytes; an error is the position of a block that lacks bytes.
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>, usize> {
    let mut bytes = Vec::new();
    each_block(packed, |count, held| {
        if held.len() == count {
            bytes.extend_from_slice(held);
        } else {
            bytes.resize(bytes.len() + count, held[0]);
        }
    })?;
    Ok(bytes)
}

/// How many bytes there would be.
pub fn unpacked_len(packed: &[u8]) -> Result<usize, usize> {
    let mut length = 0;
    each_block(packed, |count, _| length += count)?;
    Ok(length)
}

/// Calls `each` with the number of bytes of a block and those that it holds.
fn each_block(packed: &[u8], mut each: impl FnMut(usize, &[u8])) -> Result<(), usize> {
    let mut at = 0;
    while at < packed.len() {
        let block = usize::from(packed[at]);
        if block == 128 {
            at += 1;
            continue;
        }
        let (held, count) = if block < 128 { (block + 1, block + 1) } else { (1, 257 - block) };
        let bytes = packed.get(at + 1..at + 1 + held).ok_or(at)?;
        each(count, bytes);
        at += 1 + held;
    }
    Ok(())
}
