//! Sessions: bytes come in, bytes go out.

/// What all sessions share.
pub struct Server {}

/// One client. A session may be moved to a thread.
pub struct Session {}

impl Server {
    pub fn new(budget: u64) -> Server {
        todo!()
    }

    pub fn session(&self) -> Session {
        todo!()
    }
}

impl Session {
    /// Takes bytes from the client; the bytes that answer them.
    pub fn feed(&mut self, bytes: &[u8], now: u64) -> Vec<u8> {
        todo!()
    }

    /// How many bytes of an incomplete line, or of incomplete data that may be stored, are kept.
    pub fn waiting(&self) -> usize {
        todo!()
    }

    pub fn is_closed(&self) -> bool {
        todo!()
    }
}
