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
    let (one, two, three) = (plain(0, b"one"), plain(1, b"two"), plain(2, b"three"));
    let ends = end(3, b"onetwothree");
    emit!(decode(b"noise"));
    emit!(decode(&[b"noise", one.as_slice(), b"?", &two, &three, &ends, b"!"].concat()));
    emit!(decode(&[&MARK, one.as_slice(), &MARK[..3], &two, &three, &MARK[..2], &MARK[..1], &ends].concat()));
    emit!(decode(&[&one[..], &two[..12], &three, &ends].concat()));
    emit!(decode(&[&one[..], &two[..16], &three, &ends].concat()));
    for at in [0, 4, 5, 9, 11, 13, 15, 18, 21] {
        let mut broken = two.clone();
        broken[at] ^= 0x10;
        emit!(decode(&[&one[..], &broken, &three, &ends].concat()));
    }
    // A right head says how long its frame is, but the frame is cut off: those behind it are found in its bytes.
    let long = plain(1, &[b'x'; 60]);
    emit!(decode(&[&one[..], &long[..30], &three, &ends].concat()));
    emit!(decode(&[&one[..], &long[..30], &three].concat()));
    // A frame within the data of another one.
    let outer = plain(1, &three);
    emit!(decode(&[&one[..], &outer, &three].concat()));
    let mut broken = outer.clone();
    *broken.last_mut().unwrap() ^= 1;
    emit!(decode(&[&one[..], &broken, &three].concat()));
    let impossible = [
        frame(0, 1, 4, b"two", b"two"),
        frame(0, 1, 0, b"", b""),
        frame(0, 1, 32769, &[0; 32769], &[0; 32769]),
        frame(1, 1, 3, b"\x02two", b"two"),
        frame(1, 1, 6, &[0, b'x', 128, 1, 0], b"xxxxx"),
        frame(1, 1, 6, &[0, b'x', 129, 2, 0], b"xxxxxx"),
        frame(2, 1, 3, &[0; 12], &[0; 12]),
        frame(2, 1, 0, &[0; 11], &[0; 11]),
        frame(2, 1, 0, &[0; 12], b""),
        frame(3, 1, 3, b"two", b"two"),
        frame(0, 1, 3, b"two", b"twO"),
    ];
    for bad in impossible {
        emit!((bad.len(), decode(&[&one[..], &bad, &three].concat())));
    }
    emit!(decode(&[one.as_slice(), &two, &three, &ends[..30]].concat()));
    emit!(decode(&[&ends[..], &ends[1..]].concat()));
}
