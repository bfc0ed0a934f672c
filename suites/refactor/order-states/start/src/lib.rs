//! Orders of a shop, and what happens to them.

mod book;
mod order;

pub use book::Book;
pub use order::Order;
