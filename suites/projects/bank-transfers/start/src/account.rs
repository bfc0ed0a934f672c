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
}

impl Account {
    pub fn new(deposit: u64) -> Account {
        Account { entries: vec![Entry { transfer: None, balance: deposit }] }
    }

    pub fn balance(&self) -> u64 {
        self.entries[self.entries.len() - 1].balance
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The balance without an amount.
    pub fn less(&self, amount: u64) -> Result<u64, Error> {
        self.balance().checked_sub(amount).ok_or(Error::Insufficient)
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
