//! The transfers that were carried out, by their ids.

use crate::bank::{lock, Receipt, Transfer};
use std::collections::HashMap;
use std::sync::Mutex;

#[derive(Default)]
pub struct Ids {
    done: Mutex<HashMap<u64, (Transfer, Receipt)>>,
}

impl Ids {
    /// What was carried out with an id.
    pub fn get(&self, id: u64) -> Option<(Transfer, Receipt)> {
        lock(&self.done).get(&id).copied()
    }

    pub fn insert(&self, transfer: Transfer, receipt: Receipt) {
        lock(&self.done).insert(transfer.id, (transfer, receipt));
    }
}
