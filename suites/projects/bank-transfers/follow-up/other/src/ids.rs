//! The transfers that were carried out, by their ids.

use crate::bank::{lock, Receipt, Transfer};
use std::collections::HashMap;
use std::sync::{Condvar, Mutex, PoisonError};

/// What is known of an id.
enum Known {
    /// Somebody is at it.
    Claimed,
    Done(Transfer, Receipt),
}

#[derive(Default)]
pub struct Ids {
    known: Mutex<HashMap<u64, Known>>,
    settled: Condvar,
}

impl Ids {
    /// What was carried out with an id. Where it is `None`, the caller has claimed the id and must settle it;
    /// until then others wait who claim it.
    pub fn claim(&self, id: u64) -> Option<(Transfer, Receipt)> {
        let mut known = lock(&self.known);
        loop {
            match known.get(&id) {
                Some(Known::Done(transfer, receipt)) => return Some((*transfer, *receipt)),
                Some(Known::Claimed) => known = self.settled.wait(known).unwrap_or_else(PoisonError::into_inner),
                None => {
                    known.insert(id, Known::Claimed);
                    return None;
                }
            }
        }
    }

    /// Ends a claim: the transfer was carried out, or not.
    pub fn settle(&self, transfer: Transfer, receipt: Option<Receipt>) {
        let mut known = lock(&self.known);
        match receipt {
            Some(receipt) => known.insert(transfer.id, Known::Done(transfer, receipt)),
            None => known.remove(&transfer.id),
        };
        self.settled.notify_all();
    }
}
