//! From frames to data, whatever happened on the way.

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

#[derive(Default)]
pub struct Decoder {}

impl Decoder {
    pub fn new() -> Decoder {
        Decoder::default()
    }

    pub fn push(&mut self, bytes: &[u8], events: &mut Vec<Event>) {
        todo!()
    }

    pub fn finish(self, events: &mut Vec<Event>) {
        todo!()
    }

    /// How many bytes are kept.
    pub fn held(&self) -> usize {
        todo!()
    }
}
