use log_store::disk::Disk;
use log_store::store::{Op, Store};
use log_store::sum;

fn opened(bytes: &[u8]) -> Result<(usize, usize, usize), String> {
    match Store::open(Disk::of(bytes)) {
        Ok((store, cut)) => Ok((store.range(b"", b"").len(), cut, store.disk().bytes().len())),
        Err(error) => Err(error.to_string()),
    }
}

fn frame(payload: &[u8]) -> Vec<u8> {
    let mut bytes = (payload.len() as u32).to_le_bytes().to_vec();
    bytes.extend(sum::of(payload).to_le_bytes());
    bytes.extend(payload);
    bytes
}

pub fn drive() {
    let Ok((mut store, _)) = Store::open(Disk::new(1 << 20)) else { panic!("refused") };
    for (key, value) in [(b"a", b"11"), (b"b", b"22"), (b"c", b"33")] {
        let _ = store.put(key, value);
    }
    let _ = store.apply(&[Op::Delete(b"a".to_vec()), Op::Put(b"d".to_vec(), b"44".to_vec())]);
    let log = store.into_disk().bytes().to_vec();
    emit!(log.len());
    emit!(opened(&log));
    // torn at every byte: only whole frames count
    let mut kept = vec![];
    for end in 0..log.len() {
        let state = opened(&log[..end]).unwrap_or((99, 99, 99));
        if kept.last() != Some(&(state.0, state.2)) {
            kept.push((state.0, state.2));
        }
        if state.1 + state.2 != end {
            emit!(format!("bytes are lost at {end}"));
        }
    }
    emit!(kept);
    // damaged at every byte of the payloads
    let mut answers: Vec<String> = vec![];
    for at in 0..log.len() {
        let mut bytes = log.clone();
        bytes[at] ^= 0x10;
        let answer = match opened(&bytes) {
            Ok((count, cut, _)) => format!("{count} cut {cut}"),
            Err(error) => error,
        };
        if at % 18 >= 4 && answers.last() != Some(&answer) {
            answers.push(answer);
        }
    }
    emit!(answers);
    let mut huge = log.clone();
    huge[3] = 0xff;
    emit!(opened(&huge));
    for payload in [
        &b""[..], b"\x03\x01\x00a", b"\x01\x01\x00a", b"\x01\x01\x00a\x05\x00\x00\x00abc", b"\x02\x02\x00a", b"\x02\x01\x00a\x02", b"\x02\x01\x00a",
    ] {
        emit!(opened(&frame(payload)));
    }
    emit!(opened(&[log.clone(), frame(b"\x09")].concat()));
    emit!(opened(&[0; 8]));
    emit!(opened(&[0; 7]));
    emit!(opened(&[log.clone(), vec![0; 3]].concat()));
    let Ok((mut store, _)) = Store::open(Disk::of(&log[..log.len() - 1])) else { panic!("refused") };
    emit!(store.put(b"z", b"9"));
    let Ok((store, cut)) = Store::open(store.into_disk().crash(0)) else { panic!("refused") };
    emit!((cut, store.range(b"", b"").len(), store.get(b"a"), store.get(b"z")));
}
