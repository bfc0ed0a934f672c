//! Accounts, transfers between them from many threads, and a journal that everything can be restored from.

mod account;
mod bank;
mod ids;
pub mod journal;
mod recovery;

pub use account::Entry;
pub use bank::{Bank, Error, Receipt, Transfer};
pub use journal::{NoRoom, Sink};
