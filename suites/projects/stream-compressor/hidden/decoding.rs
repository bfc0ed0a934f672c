use stream_compressor::decoder::{Decoder, Event};
use stream_compressor::frame::MARK;
use stream_compressor::sum::Sum;

/// A frame as the specification has it.
fn frame(kind: u8, number: u32, length: usize, payload: &[u8], data: &[u8]) -> Vec<u8> {
    let mut frame = MARK.to_vec();
    frame.push(kind);
    frame.extend(number.to_le_bytes());
    frame.extend((length as u16).to_le_bytes());
    frame.extend((payload.len() as u16).to_le_bytes());
    let sum = Sum::of(&frame[4..]) as u16;
    frame.extend(sum.to_le_bytes());
    frame.extend(payload);
    frame.extend(Sum::of(data).to_le_bytes());
    frame
}

fn plain(number: u32, data: &[u8]) -> Vec<u8> {
    frame(0, number, data.len(), data, data)
}

fn end(number: u32, data: &[u8]) -> Vec<u8> {
    let payload = [(data.len() as u64).to_le_bytes().as_slice(), &Sum::of(data).to_le_bytes()].concat();
    frame(2, number, 0, &payload, &payload)
}

fn show(events: &[Event]) -> Vec<String> {
    let show = |event: &Event| match event {
        Event::Data(data) if data.len() > 20 => format!("{} bytes", data.len()),
        Event::Data(data) => String::from_utf8_lossy(data).to_string(),
        other => format!("{other:?}"),
    };
    events.iter().map(show).collect()
}

fn decode(bytes: &[u8]) -> Vec<String> {
    let mut events = vec![];
    let mut decoder = Decoder::new();
    decoder.push(bytes, &mut events);
    decoder.finish(&mut events);
    show(&events)
}

pub fn drive() {
    emit!(decode(b""));
    emit!(decode(&end(0, b"")));
    emit!(decode(&[plain(0, b"one"), plain(1, b"two"), end(2, b"onetwo")].concat()));
    emit!(decode(&[plain(0, b"one"), frame(1, 1, 5, &[0, b'x', 128, 1, 0], b"xxxxx")].concat()));
    emit!(decode(&frame(1, 0, 9, &[0, b'x', 132, 1, 0], b"xxxxxxxxx")));
    emit!(decode(&[frame(1, 0, 9, &[0, b'x', 132, 1, 0], b"xxxxxxxxx"), end(1, b"xxxxxxxxx")].concat()));
    emit!(decode(&[plain(0, b"one"), end(1, b"onE")].concat()));
    emit!(decode(&[plain(0, b"one"), end(1, b"one"), plain(0, b"new"), end(1, b"new")].concat()));
    emit!(decode(&[plain(0, b"one"), plain(0, b"new"), end(1, b"new")].concat()));
    emit!(decode(&[plain(0, b"one"), plain(3, b"four"), end(4, b"onefour")].concat()));
    emit!(decode(&[plain(2, b"three"), plain(1, b"two"), plain(3, b"four")].concat()));
    emit!(decode(&[plain(0, b"a"), plain(1, b"b"), plain(1, b"b"), plain(2, b"c"), end(3, b"abc")].concat()));
    emit!(decode(&[plain(0, b"a"), plain(1, b"b"), end(0, b""), end(1, b"a"), end(2, b"ab")].concat()));
    emit!(decode(&[plain(0, b"a"), end(4, b"a"), end(4, b"a")].concat()));
    emit!(decode(&[plain(0, b"a"), end(1, b"a"), plain(1, b"b"), plain(0, b"c")].concat()));
    let most = vec![b'm'; 32768];
    emit!(decode(&[plain(0, &most), end(1, &most)].concat()));
    emit!(decode(&[plain(u32::MAX, b"last"), plain(7, b"x"), end(u32::MAX, b"x")].concat()));
}
