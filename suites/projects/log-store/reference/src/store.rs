//! The store.

use crate::disk::Disk;
use crate::frame::{self, Read};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound::{Excluded, Included, Unbounded};
use std::sync::Arc;

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

type Values = BTreeMap<Vec<u8>, Vec<u8>>;

/// Values by key.
pub struct Store {
    disk: Disk,
    now: Snapshot,
}

/// What there was at a moment.
#[derive(Clone)]
pub struct Snapshot {
    values: Arc<Values>,
}

impl Store {
    pub fn open(mut disk: Disk) -> Result<(Store, usize), Error> {
        let mut values = Values::new();
        let mut at = 0;
        let length = disk.bytes().len();
        while at < length {
            match frame::read(disk.bytes(), at) {
                Read::Ops(ops, end) => {
                    ops.iter().for_each(|op| apply(&mut values, op));
                    at = end;
                }
                Read::Torn => break,
                Read::Damaged => return Err(Error::Damaged(at)),
            }
        }
        if at < length {
            disk.truncate(at);
            disk.sync();
        }
        Ok((Store { disk, now: Snapshot { values: Arc::new(values) } }, length - at))
    }

    pub fn apply(&mut self, ops: &[Op]) -> Result<(), Error> {
        let needed = self.needed(ops);
        if needed.iter().any(|op| key(op).len() > usize::from(u16::MAX)) {
            return Err(Error::Key);
        }
        if needed.is_empty() {
            return Ok(());
        }
        let before = self.disk.bytes().len();
        if self.disk.append(&frame::write(&needed)).is_err() {
            self.disk.truncate(before);
            return Err(Error::Full);
        }
        self.disk.sync();
        let values = Arc::make_mut(&mut self.now.values);
        needed.iter().for_each(|op| apply(values, op));
        Ok(())
    }

    /// The operations without deletions of what is not there.
    fn needed(&self, ops: &[Op]) -> Vec<Op> {
        let mut changed = BTreeMap::new();
        let mut needed = vec![];
        for op in ops {
            let there = *changed.get(key(op)).unwrap_or(&self.now.values.contains_key(key(op)));
            let puts = matches!(op, Op::Put(..));
            if puts || there {
                changed.insert(key(op), puts);
                needed.push(op.clone());
            }
        }
        needed
    }

    pub fn put(&mut self, key: &[u8], value: &[u8]) -> Result<(), Error> {
        self.apply(&[Op::Put(key.to_vec(), value.to_vec())])
    }

    pub fn delete(&mut self, key: &[u8]) -> Result<bool, Error> {
        let there = self.now.values.contains_key(key);
        self.apply(&[Op::Delete(key.to_vec())])?;
        Ok(there)
    }

    pub fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.now.get(key)
    }

    pub fn range(&self, from: &[u8], to: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
        self.now.range(from, to)
    }

    pub fn snapshot(&self) -> Snapshot {
        self.now.clone()
    }

    pub fn compact(&mut self) -> Result<usize, Error> {
        let log: Vec<u8> =
            self.now.values.iter().flat_map(|(key, value)| frame::write(&[Op::Put(key.clone(), value.clone())])).collect();
        let before = self.disk.bytes().len();
        if log.len() >= before {
            return Ok(0);
        }
        let saved = before - log.len();
        self.disk.replace(log).map_err(|_| Error::Full)?;
        Ok(saved)
    }

    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    pub fn into_disk(self) -> Disk {
        self.disk
    }
}

impl Snapshot {
    pub fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.values.get(key).cloned()
    }

    pub fn range(&self, from: &[u8], to: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
        if !to.is_empty() && from >= to {
            return vec![];
        }
        let end = if to.is_empty() { Unbounded } else { Excluded(to) };
        self.values.range::<[u8], _>((Included(from), end)).map(|(key, value)| (key.clone(), value.clone())).collect()
    }
}

fn apply(values: &mut Values, op: &Op) {
    match op {
        Op::Put(key, value) => values.insert(key.clone(), value.clone()),
        Op::Delete(key) => values.remove(key),
    };
}

fn key(op: &Op) -> &Vec<u8> {
    match op {
        Op::Put(key, _) | Op::Delete(key) => key,
    }
}
