use stream_compressor::decoder::{Decoder, Event};
use stream_compressor::frame::{HEAD, MARK, MOST, TAIL};
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

fn in_pieces(bytes: &[u8], mut piece: impl FnMut(usize) -> usize) -> (Vec<Event>, usize) {
    let mut events = vec![];
    let mut decoder = Decoder::new();
    let (mut at, mut most) = (0, 0);
    while at < bytes.len() {
        let end = bytes.len().min(at + piece(at));
        decoder.push(&bytes[at..end], &mut events);
        most = most.max(decoder.held());
        at = end;
    }
    decoder.finish(&mut events);
    (events, most)
}

pub fn drive() {
    let first = plain(0, b"one");
    let mut decoder = Decoder::new();
    let mut events = vec![];
    let counts: Vec<usize> = first
        .iter()
        .map(|byte| {
            decoder.push(&[*byte], &mut events);
            events.len()
        })
        .collect();
    emit!((counts[counts.len() - 2], counts[counts.len() - 1], decoder.held()));
    decoder.push(b"noise", &mut events);
    emit!((events.len(), decoder.held()));
    decoder.push(&MARK[..3], &mut events);
    emit!((events.len(), decoder.held()));
    decoder.push(&[0], &mut events);
    emit!((events.len(), decoder.held()));
    decoder.push(&end(1, b"one"), &mut events);
    emit!(show(&events[1..]));
    // A right head of a long frame, of which the rest is another stream.
    let long = plain(2, &vec![b'x'; MOST]);
    decoder.push(&long[..HEAD], &mut events);
    let mut waiting = 0;
    for _ in 0..1000 {
        decoder.push(&[plain(0, b"a"), end(1, b"a")].concat(), &mut events);
        waiting += usize::from(events.len() == 3);
    }
    emit!((waiting, decoder.held() < HEAD + MOST + TAIL));
    emit!(show(&events[3..7]));
    decoder.finish(&mut events);
    emit!((events.len(), events.iter().filter(|event| **event == Event::End(true)).count()));
    let mut bytes = vec![];
    for number in 0..40u32 {
        let data = vec![number as u8; 1 + 37 * number as usize];
        bytes.extend(plain(number, &data));
        if number % 7 == 3 {
            bytes.extend(&MARK[..1 + number as usize % 4]);
        }
        if number % 9 == 5 {
            let at = bytes.len() - 10;
            bytes[at] ^= 1;
        }
    }
    bytes.extend(&long[..20000]);
    bytes.extend(plain(41, b"within"));
    let (whole, _) = in_pieces(&bytes, |_| usize::MAX / 2);
    emit!(show(&whole[whole.len() - 4..]));
    emit!(whole.iter().filter(|event| matches!(event, Event::Data(_))).count());
    emit!(in_pieces(&bytes, |_| 1).0 == whole);
    emit!(in_pieces(&bytes, |at| 1 + at * 7 % 501).0 == whole);
    emit!(in_pieces(&bytes, |at| if at % 2 == 0 { 4097 } else { 0 } + 2).0 == whole);
}
