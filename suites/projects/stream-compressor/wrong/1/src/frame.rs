//! Frames: a head, a payload and the checksum of what the payload means.

use crate::sum::Sum;

pub const MARK: [u8; 4] = [0xa5, 0x5a, 0xc3, 0x3c];
/// Bytes of a head: mark, kind, number (4), length (2), length of the payload (2), checksum of the head (2).
pub const HEAD: usize = 15;
/// Bytes of the checksum behind the payload.
pub const TAIL: usize = 4;
/// The most bytes that the data of a frame may have.
pub const MOST: usize = 32_768;
/// Bytes of an end frame's payload: length (8) and checksum (4) of the stream.
pub const END: usize = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Packed,
    End,
}

impl Kind {
    /// The byte that stands for it.
    pub fn byte(self) -> u8 {
        self as u8
    }

    pub fn of(byte: u8) -> Option<Kind> {
        [Kind::Plain, Kind::Packed, Kind::End].into_iter().find(|kind| kind.byte() == byte)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub kind: Kind,
    pub number: u32,
    pub length: u16,
    pub payload: u16,
}

impl Head {
    pub fn write(self, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend_from_slice(&MARK);
        out.push(self.kind.byte());
        out.extend_from_slice(&self.number.to_le_bytes());
        out.extend_from_slice(&self.length.to_le_bytes());
        out.extend_from_slice(&self.payload.to_le_bytes());
        let sum = Sum::of(&out[start + MARK.len()..]) as u16;
        out.extend_from_slice(&sum.to_le_bytes());
    }

    /// The head in `HEAD` bytes, if it is one.
    pub fn read(bytes: &[u8]) -> Option<Head> {
        let (mark, rest) = bytes.split_at(MARK.len());
        let two = |at: usize| u16::from_le_bytes([rest[at], rest[at + 1]]);
        if mark != MARK || two(9) != Sum::of(&rest[..9]) as u16 {
            return None;
        }
        let head = Head {
            kind: Kind::of(rest[0])?,
            number: u32::from_le_bytes([rest[1], rest[2], rest[3], rest[4]]),
            length: two(5),
            payload: two(7),
        };
        let data = (1..=MOST).contains(&usize::from(head.length));
        let possible = match head.kind {
            Kind::Plain => data && head.payload == head.length,
            Kind::Packed => data && head.payload < head.length,
            Kind::End => head.length == 0 && usize::from(head.payload) == END,
        };
        possible.then_some(head)
    }
}
