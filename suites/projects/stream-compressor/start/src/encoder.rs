//! From data to frames.

pub struct Encoder {}

impl Encoder {
    /// Frames have `size` bytes of data, from 1 to `frame::MOST`.
    pub fn new(size: usize) -> Encoder {
        todo!()
    }

    pub fn push(&mut self, data: &[u8], out: &mut Vec<u8>) {
        todo!()
    }

    pub fn flush(&mut self, out: &mut Vec<u8>) {
        todo!()
    }

    pub fn finish(self, out: &mut Vec<u8>) {
        todo!()
    }

    /// How many bytes of data are kept.
    pub fn held(&self) -> usize {
        todo!()
    }
}
