//! The packed form of a frame's data.

/// Packs data.
pub fn pack(data: &[u8]) -> Vec<u8> {
    todo!()
}

/// Unpacks what has `length` bytes of data; `None` if the payload is not their packed form.
pub fn unpack(payload: &[u8], length: usize) -> Option<Vec<u8>> {
    todo!()
}
