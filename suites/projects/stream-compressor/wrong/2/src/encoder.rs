//! From data to frames.

use crate::frame::{Head, Kind, END, MOST};
use crate::packing;
use crate::sum::Sum;

pub struct Encoder {
    size: usize,
    data: Vec<u8>,
    number: u32,
    length: u64,
    sum: Sum,
}

impl Encoder {
    /// Frames have `size` bytes of data, from 1 to `frame::MOST`.
    pub fn new(size: usize) -> Encoder {
        assert!((1..=MOST).contains(&size));
        Encoder { size, data: vec![], number: 0, length: 0, sum: Sum::default() }
    }

    pub fn push(&mut self, mut data: &[u8], out: &mut Vec<u8>) {
        self.length += data.len() as u64;
        self.sum.add(data);
        while !data.is_empty() {
            let (taken, rest) = data.split_at(data.len().min(self.size - self.data.len()));
            self.data.extend_from_slice(taken);
            data = rest;
            if self.data.len() == self.size {
                self.flush(out);
            }
        }
    }

    pub fn flush(&mut self, out: &mut Vec<u8>) {
        if self.data.is_empty() {
            return;
        }
        let packed = packing::pack(&self.data);
        let (kind, payload) =
            if packed.len() < self.data.len() { (Kind::Packed, &packed) } else { (Kind::Plain, &self.data) };
        let head = Head { kind, number: self.number, length: self.data.len() as u16, payload: payload.len() as u16 };
        head.write(out);
        out.extend_from_slice(payload);
        out.extend_from_slice(&Sum::of(&self.data).to_le_bytes());
        self.data.clear();
        self.number += 1;
    }

    pub fn finish(mut self, out: &mut Vec<u8>) {
        self.flush(out);
        let mut payload = self.length.to_le_bytes().to_vec();
        payload.extend_from_slice(&self.sum.value().to_le_bytes());
        Head { kind: Kind::End, number: self.number, length: 0, payload: END as u16 }.write(out);
        out.extend_from_slice(&payload);
        out.extend_from_slice(&Sum::of(&payload).to_le_bytes());
    }

    /// How many bytes of data are kept.
    pub fn held(&self) -> usize {
        self.data.len()
    }
}
