//! One account.

use crate::bank::Error;

/// A line of a statement: the transfer (`None` for the opening), and the balance after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub transfer: Option<u64>,
    pub balance: u64,
}

/// What an account holds. There is an entry at least, that of the opening.
pub struct Account {
    entries: Vec<Entry>,
    /// What must stay in it.
    floor: u64,
}

impl Account {
    pub fn new(deposit: u64) -> Account {
        Account { entries: vec![Entry { transfer: None, balance: deposit }], floor: 0 }
    }

    pub fn balance(&self) -> u64 {
        self.entries[self.entries.len() - 1].balance
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn set_floor(&mut self, floor: u64) {
        self.floor = floor;
    }

    /// What may be taken from it.
    pub fn available(&self) -> u64 {
        self.balance() - self.floor.min(self.balance())
    }

    /// The balance without an amount.
    pub fn less(&self, amount: u64) -> Result<u64, Error> {
        if amount >= self.available() {
            return Err(Error::Insufficient);
        }
        Ok(self.balance() - amount)
    }

    /// The balance with an amount.
    pub fn more(&self, amount: u64) -> Result<u64, Error> {
        self.balance().checked_add(amount).ok_or(Error::TooMuch)
    }

    /// Sets the balance that a transfer leaves.
    pub fn set(&mut self, transfer: u64, balance: u64) {
        self.entries.push(Entry { transfer: Some(transfer), balance });
    }
}
