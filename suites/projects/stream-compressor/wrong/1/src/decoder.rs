//! From frames to data, whatever happened on the way.

use crate::frame::{Head, Kind, HEAD, MARK, TAIL};
use crate::packing;
use crate::sum::Sum;
use std::mem;

/// What a decoder finds, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Data(Vec<u8>),
    /// So many bytes belong to no frame.
    Skipped(u64),
    /// So many frames are missing.
    Lost(u32),
    /// A frame with this number came again, or too late.
    Stale(u32),
    /// The stream ends; whether all of it was there.
    End(bool),
}

/// What there is of a stream.
#[derive(Default)]
struct Stream {
    /// The number of the next frame.
    next: u64,
    lost: bool,
    length: u64,
    sum: Sum,
}

#[derive(Default)]
pub struct Decoder {
    bytes: Vec<u8>,
    skipped: u64,
    stream: Stream,
}

/// What stands at a place.
enum Look {
    Frame { head: Head, data: Vec<u8>, length: usize },
    Waits,
    Damaged(usize),
    Nothing,
}

impl Decoder {
    pub fn new() -> Decoder {
        Decoder::default()
    }

    pub fn push(&mut self, bytes: &[u8], events: &mut Vec<Event>) {
        self.bytes.extend_from_slice(bytes);
        self.read(false, events);
    }

    pub fn finish(mut self, events: &mut Vec<Event>) {
        self.read(true, events);
        self.tell_skipped(events);
        if self.stream.next > 0 {
            events.push(Event::End(false));
        }
    }

    /// How many bytes are kept.
    pub fn held(&self) -> usize {
        self.bytes.len()
    }

    fn read(&mut self, last: bool, events: &mut Vec<Event>) {
        let mut bytes = mem::take(&mut self.bytes);
        let mut at = 0;
        while at < bytes.len() {
            match look(&bytes[at..]) {
                Look::Frame { head, data, length } => {
                    self.tell_skipped(events);
                    self.take(head, data, events);
                    at += length;
                }
                Look::Damaged(length) => {
                    self.skipped += length as u64;
                    at += length;
                }
                Look::Waits if !last => break,
                Look::Waits | Look::Nothing => {
                    self.skipped += 1;
                    at += 1;
                }
            }
        }
        bytes.drain(..at);
        self.bytes = bytes;
    }

    fn tell_skipped(&mut self, events: &mut Vec<Event>) {
        if self.skipped > 0 {
            events.push(Event::Skipped(mem::take(&mut self.skipped)));
        }
    }

    fn take(&mut self, head: Head, data: Vec<u8>, events: &mut Vec<Event>) {
        if head.number == 0 && head.kind != Kind::End && self.stream.next > 0 {
            events.push(Event::End(false));
            self.stream = Stream::default();
        }
        let number = u64::from(head.number);
        if number < self.stream.next {
            events.push(Event::Stale(head.number));
            return;
        }
        if number > self.stream.next {
            events.push(Event::Lost((number - self.stream.next) as u32));
            self.stream.lost = true;
        }
        if head.kind == Kind::End {
            let stream = mem::take(&mut self.stream);
            events.push(Event::End(!stream.lost && data == stream.end()));
            return;
        }
        self.stream.next = number + 1;
        self.stream.length += data.len() as u64;
        self.stream.sum.add(&data);
        events.push(Event::Data(data));
    }
}

impl Stream {
    /// The payload of its end frame.
    fn end(&self) -> Vec<u8> {
        [self.length.to_le_bytes().as_slice(), &self.sum.value().to_le_bytes()].concat()
    }
}

fn look(bytes: &[u8]) -> Look {
    let mark = MARK.len().min(bytes.len());
    if bytes[..mark] != MARK[..mark] {
        return Look::Nothing;
    }
    let Some(start) = bytes.get(..HEAD) else { return Look::Waits };
    let Some(head) = Head::read(start) else { return Look::Nothing };
    let end = HEAD + usize::from(head.payload);
    let Some(tail) = bytes.get(end..end + TAIL) else { return Look::Waits };
    let payload = &bytes[HEAD..end];
    let data = match head.kind {
        Kind::Packed => packing::unpack(payload, usize::from(head.length)),
        Kind::Plain | Kind::End => Some(payload.to_vec()),
    };
    match data {
        Some(data) if Sum::of(&data).to_le_bytes() == tail => Look::Frame { head, data, length: end + TAIL },
        _ => Look::Damaged(end + TAIL),
    }
}
