//! Streams of bytes, compressed in frames that can be read again after damage.

pub mod decoder;
pub mod encoder;
pub mod frame;
pub mod packing;
pub mod sum;
