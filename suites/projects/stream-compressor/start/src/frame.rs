//! Frames: a head, a payload and the checksum of what the payload means.

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
