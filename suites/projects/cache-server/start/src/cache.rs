//! Values by key, within a budget of bytes.

/// What became of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    Stored,
    Exists,
    TooLarge,
}

/// Why a value was not counted up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    Missing,
    NotANumber,
    TooBig,
    TooLarge,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    pub entries: u64,
    pub bytes: u64,
    pub hits: u64,
    pub misses: u64,
    pub evicted: u64,
    pub expired: u64,
}

pub struct Cache {}

impl Cache {
    pub fn new(budget: u64) -> Cache {
        todo!()
    }

    /// Whether a value of so many bytes can ever be stored.
    pub fn fits(&self, key: &str, bytes: u64) -> bool {
        todo!()
    }

    pub fn set(&mut self, key: &str, value: &[u8], ttl: u64, now: u64) -> Stored {
        todo!()
    }

    pub fn add(&mut self, key: &str, value: &[u8], ttl: u64, now: u64) -> Stored {
        todo!()
    }

    pub fn get(&mut self, key: &str, now: u64) -> Option<Vec<u8>> {
        todo!()
    }

    pub fn touch(&mut self, key: &str, ttl: u64, now: u64) -> bool {
        todo!()
    }

    pub fn delete(&mut self, key: &str, now: u64) -> bool {
        todo!()
    }

    pub fn increment(&mut self, key: &str, by: u64, now: u64) -> Result<u64, Refused> {
        todo!()
    }

    pub fn stats(&mut self, now: u64) -> Stats {
        todo!()
    }
}
