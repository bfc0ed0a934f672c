//! The store.

use crate::disk::Disk;
use std::fmt;

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    Put(Vec<u8>, Vec<u8>),
    Delete(Vec<u8>),
}

/// Why something could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    Full,
    Key,
    Damaged(usize),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Error::Full => write!(f, "the disk is full"),
            Error::Key => write!(f, "the key is too long"),
            Error::Damaged(at) => write!(f, "damaged at {at}"),
        }
    }
}

/// Values by key.
pub struct Store {}

/// What there was at a moment.
#[derive(Clone)]
pub struct Snapshot {}

impl Store {
    pub fn open(disk: Disk) -> Result<(Store, usize), Error> {
        todo!()
    }

    pub fn apply(&mut self, ops: &[Op]) -> Result<(), Error> {
        todo!()
    }

    pub fn put(&mut self, key: &[u8], value: &[u8]) -> Result<(), Error> {
        todo!()
    }

    pub fn delete(&mut self, key: &[u8]) -> Result<bool, Error> {
        todo!()
    }

    pub fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        todo!()
    }

    pub fn range(&self, from: &[u8], to: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
        todo!()
    }

    pub fn snapshot(&self) -> Snapshot {
        todo!()
    }

    pub fn compact(&mut self) -> Result<usize, Error> {
        todo!()
    }

    pub fn disk(&self) -> &Disk {
        todo!()
    }

    pub fn into_disk(self) -> Disk {
        todo!()
    }
}

impl Snapshot {
    pub fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        todo!()
    }

    pub fn range(&self, from: &[u8], to: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
        todo!()
    }
}
